namespace HaiSoft.Controller.Fleet;

/// <summary>Puts the records together.</summary>
internal static class FleetSetup
{
    /// <summary>Adds customers and servers.</summary>
    public static IHostApplicationBuilder AddFleet(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Customers>();
        builder.Services.AddSingleton<Servers>();
        return builder;
    }
}
