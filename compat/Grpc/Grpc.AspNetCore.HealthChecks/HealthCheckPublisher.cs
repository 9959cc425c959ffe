using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Passes the results of the periodic health checks on to those who watch.</summary>
internal sealed class HealthCheckPublisher(HealthServiceImpl health, IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var service in options.Value.Services)
        {
            var statuses = report.Entries.Where(check => service.Takes(check.Key, check.Value.Tags)).Select(check => check.Value.Status);
            health.SetStatus(service.Name, Of(statuses));
        }

        return Task.CompletedTask;
    }

    /// <summary>One unhealthy check is enough not to serve; a degraded one still serves; without a check nothing is known.</summary>
    public static HealthCheckResponse.Types.ServingStatus Of(IEnumerable<HealthStatus> statuses)
    {
        var status = HealthCheckResponse.Types.ServingStatus.Unknown;
        foreach (var check in statuses)
        {
            if (check == HealthStatus.Unhealthy)
            {
                return HealthCheckResponse.Types.ServingStatus.NotServing;
            }

            status = HealthCheckResponse.Types.ServingStatus.Serving;
        }

        return status;
    }
}
