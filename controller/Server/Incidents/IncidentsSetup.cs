namespace HaiSoft.Controller.Incidents;

/// <summary>Puts the work on incidents together.</summary>
public static class IncidentsSetup
{
    /// <summary>Adds the queue, the steps and the feed.</summary>
    public static IHostApplicationBuilder AddIncidents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IncidentChanges>();
        builder.Services.AddHostedService(services => services.GetRequiredService<IncidentChanges>());
        builder.Services.AddSingleton<Correlation>();
        builder.Services.AddSingleton<IncidentBoard>();
        builder.Services.AddSingleton<IncidentWork>();
        builder.Services.AddHostedService<DueWatch>();
        return builder;
    }
}
