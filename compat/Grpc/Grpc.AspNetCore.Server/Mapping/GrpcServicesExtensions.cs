using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Mapping;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC to a server.</summary>
public static class GrpcServicesExtensions
{
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton<UnimplementedCalls>();
        return new GrpcServerBuilder(services);
    }

    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configureOptions);
        return services.Configure(configureOptions).AddGrpc();
    }

    /// <summary>Sets options of one service; what is not set here is as for all services.</summary>
    public static IGrpcServerBuilder AddServiceOptions<TService>(this IGrpcServerBuilder grpcBuilder, Action<GrpcServiceOptions<TService>> configure)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(grpcBuilder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = grpcBuilder.Services;
        if (services.All(service => service.ServiceType != typeof(OwnOptions<TService>)))
        {
            services.AddSingleton<OwnOptions<TService>>();
            services.AddOptions<GrpcServiceOptions<TService>>()
                .Configure<IOptions<GrpcServiceOptions>>((options, shared) => OwnOptions<TService>.Inherit(options, shared.Value));
        }

        services.Configure(configure);
        return grpcBuilder;
    }
}
