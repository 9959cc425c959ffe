using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The health service of a server with health checks: Check runs them, Watch follows what is published.</summary>
internal sealed class CheckingHealthService(HealthServiceImpl published, HealthCheckService checks, IOptions<GrpcHealthChecksOptions> options)
    : Grpc.Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (options.Value.UseHealthChecksCache)
        {
            return await published.Check(request, context).ConfigureAwait(false);
        }

        var service = options.Value.Services.FirstOrDefault(mapping => mapping.Name == request.Service)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"The service '{request.Service}' is not known."));
        var report = await checks.CheckHealthAsync(service.Takes, context.CancellationToken).ConfigureAwait(false);
        return new HealthCheckResponse { Status = HealthCheckPublisher.Of(report.Entries.Values.Select(entry => entry.Status)) };
    }

    public override Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context) =>
        published.Watch(request, responseStream, context);
}
