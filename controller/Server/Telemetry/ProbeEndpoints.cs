using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Telemetry;

/// <summary>
/// What machines ask: <c>/healthz</c> (the process answers), <c>/readyz</c> (200, or 503 with the reasons), <c>/metrics</c> (Prometheus). On the
/// console's port, without signing in, from allowed networks only (<see cref="TelemetryOptions.AllowedFrom"/>): elsewhere they are not there.
/// </summary>
internal static class ProbeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder probes = routes.MapGroup("").AllowAnonymous().AddEndpointFilter(FromAllowedNetworksAsync);
        probes.MapGet("/healthz", () => TypedResults.Text("alive\n"));
        probes.MapGet("/readyz", (Readiness readiness) => Answer(readiness.Faults()));
        probes.MapGet("/metrics", (MetricBook book) => TypedResults.Text(book.Read(PrometheusText.Write), PrometheusText.ContentType));
    }

    private static ContentHttpResult Answer(IReadOnlyList<string> faults) => faults.Count == 0
        ? TypedResults.Text("ready\n")
        : TypedResults.Text($"not ready\n{string.Join('\n', faults)}\n", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async ValueTask<object?> FromAllowedNetworksAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        TelemetryOptions options = context.HttpContext.RequestServices.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return context.HttpContext.Connection.RemoteIpAddress is { } asker && IsIn(options.Networks, asker) ? await next(context) : TypedResults.NotFound();
    }

    private static bool IsIn(IReadOnlyList<IPNetwork> networks, IPAddress asker)
    {
        IPAddress plain = asker.IsIPv4MappedToIPv6 ? asker.MapToIPv4() : asker;
        return networks.Any(network => network.Contains(plain));
    }
}
