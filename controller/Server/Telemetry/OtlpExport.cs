using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace HaiSoft.Controller.Telemetry;

/// <summary>Sends the same measurements by OpenTelemetry's protocol, when an endpoint is set. What cannot be sent is left out; nothing waits for it.</summary>
internal sealed class OtlpExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private MeterProvider? _provider;

    /// <summary>Who tells.</summary>
    public static ResourceBuilder Resource => ResourceBuilder.CreateDefault().AddService("haisoft-controller", serviceInstanceId: Environment.MachineName);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TelemetryOptions telemetry = options.Value;
        if (telemetry.OtlpEndpoint.Length == 0)
            return Task.CompletedTask;
        _provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource)
            .AddMeter(MetricBook.Meters)
            .AddOtlpExporter((exporter, reader) =>
            {
                Aim(exporter, telemetry, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)telemetry.OtlpInterval.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(timeoutMilliseconds: 2000);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();

    /// <summary>Where a signal goes.</summary>
    internal static void Aim(OtlpExporterOptions exporter, TelemetryOptions telemetry, string path)
    {
        exporter.Protocol = telemetry.ExportsByGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = telemetry.ExportsByGrpc
            ? new Uri(telemetry.OtlpEndpoint)
            : new Uri($"{telemetry.OtlpEndpoint.TrimEnd('/')}/{path}");
    }
}
