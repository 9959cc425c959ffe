using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>Puts the agents' side together.</summary>
public static class IngestSetup
{
    /// <summary>Adds the streams of agents and what they report.</summary>
    public static IHostApplicationBuilder AddIngest(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<IngestOptions>().Bind(builder.Configuration.GetSection("Controller:Ingest")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IngestOptions>, Validation>();
        services.AddSingleton<AgentStreams>();
        services.AddSingleton<ServerObservations>();
        services.AddSingleton<IngestQueue>();
        services.AddSingleton<IngestBudget>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<SpoolPositions>();
        services.AddSingleton<AwaitedAnswers<CheckAnswer>>();
        services.AddSingleton<AwaitedAnswers<PlanAnswer>>();
        services.AddSingleton<CheckNow>();
        services.AddSingleton<ServiceReports>();
        services.AddSingleton<MeasurementReports>();
        services.AddSingleton<ReportBodies>();
        services.AddSingleton<ReportTaking>();
        services.AddSingleton<Quarantine>();
        services.AddHostedService<IngestUpkeep>();
        services.AddSingleton<LastReports>();
        services.AddHostedService(provider => provider.GetRequiredService<LastReports>());
        services.AddSingleton<Configurations>();
        services.AddHostedService(provider => provider.GetRequiredService<Configurations>());
        services.AddSingleton<CatalogueReports>();
        services.AddSingleton<CatalogueOffers>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogueOffers>());
        services.AddSingleton<OrderReports>();
        services.AddSingleton<OrderOffers>();
        services.AddHostedService(provider => provider.GetRequiredService<OrderOffers>());
        services.AddSingleton<Greeting>();
        services.AddSingleton<Handshake>();
        services.AddSingleton<StreamAdmission>();
        services.AddSingleton<StreamIntake>();
        services.AddHostedService<IngestWriter>();
        services.AddHostedService<AgentWatch>();
        services.AddHostedService<IdentityWatch>();
        services.AddHostedService<StreamDrain>();
        services.AddOptions<HostOptions>().Configure<IOptions<IngestOptions>>((host, ingest) => host.ShutdownTimeout += ingest.Value.DrainWithin);
        return builder;
    }

    /// <summary>Maps the agents' stream.</summary>
    public static void MapIngest(this IEndpointRouteBuilder app) => app.MapCalls<AgentLink>();

    private sealed class Validation : IValidateOptions<IngestOptions>
    {
        public ValidateOptionsResult Validate(string? name, IngestOptions options)
        {
            string[] faults = [.. options.Faults()];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
