using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;

namespace HaiSoft.Controller.Telemetry;

/// <summary>Puts together how the controller tells of itself.</summary>
internal static class TelemetrySetup
{
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, Validation>();
        services.AddSingleton<MetricBook>();
        services.AddSingleton<StoreWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
        services.AddSingleton<StoreExamination>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreExamination>());
        services.AddHostedService<StoreMetrics>();
        services.AddHostedService<OtlpExport>();
        services.AddSingleton<Readiness>();
        AddLogs(builder);
        return builder;
    }

    public static void MapTelemetry(this WebApplication app)
    {
        // Kept from the start: what is measured before anybody asks counts too.
        app.Services.GetRequiredService<MetricBook>();
        ProbeEndpoints.Map(app);
    }

    private static void AddLogs(WebApplicationBuilder builder)
    {
        TelemetryOptions telemetry = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
        if (telemetry.Faults().Any())
            return; // the options are refused together, before anything is logged
        if (telemetry.LogFormat == "json")
        {
            builder.Logging.AddJsonConsole(json =>
            {
                json.IncludeScopes = false;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Json);
        }

        if (telemetry.OtlpEndpoint.Length > 0)
        {
            builder.Logging.AddOpenTelemetry(logs => logs
                .SetResourceBuilder(OtlpExport.Resource)
                .AddOtlpExporter(exporter => OtlpExport.Aim(exporter, telemetry, "v1/logs")));
        }
    }

    private sealed class Validation : IValidateOptions<TelemetryOptions>
    {
        public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
        {
            string[] faults = [.. options.Faults()];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
