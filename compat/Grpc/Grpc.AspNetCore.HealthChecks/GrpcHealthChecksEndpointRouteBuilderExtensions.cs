using Grpc.AspNetCore.HealthChecks;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the gRPC health service.</summary>
public static class GrpcHealthChecksEndpointRouteBuilderExtensions
{
    public static GrpcServiceEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var health = services.GetService<HealthServiceImpl>()
            ?? throw new InvalidOperationException("The gRPC health checks are not among the services: call AddGrpcHealthChecks() first.");
        if (!services.GetRequiredService<IOptions<GrpcHealthChecksOptions>>().Value.SuppressCompletionOnShutdown)
        {
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(health.Stop);
        }

        return builder.MapGrpcService<CheckingHealthService>();
    }
}
