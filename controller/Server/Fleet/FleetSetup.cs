namespace HaiSoft.Controller.Fleet;

/// <summary>Puts the view of servers together.</summary>
internal static class FleetSetup
{
    /// <summary>Adds servers with their state of the moment.</summary>
    public static IHostApplicationBuilder AddFleet(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FleetView>();
        return builder;
    }
}
