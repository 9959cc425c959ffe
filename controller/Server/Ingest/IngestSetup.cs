namespace HaiSoft.Controller.Ingest;

/// <summary>Puts the agents' side together.</summary>
public static class IngestSetup
{
    /// <summary>Adds the streams of agents and what they report.</summary>
    public static IHostApplicationBuilder AddIngest(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AgentStreams>();
        builder.Services.AddSingleton<MeasurementStore>();
        return builder;
    }
}
