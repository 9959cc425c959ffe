using System.Diagnostics.CodeAnalysis;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Mapping;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps every method of the service to its path; calls to unknown methods and services are told so.</summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TService>(
        this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var unimplemented = services.GetService<UnimplementedCalls>()
            ?? throw new InvalidOperationException("gRPC is not among the services: call IServiceCollection.AddGrpc() first.");
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TService).FullName ?? typeof(TService).Name);
        var binder = new ServiceMethodBinder<TService>(builder, ServiceSettings.For<TService>(services), logger);
        binder.Bind();
        unimplemented.MapOnce(builder);
        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}
