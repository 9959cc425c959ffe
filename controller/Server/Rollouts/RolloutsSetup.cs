namespace HaiSoft.Controller.Rollouts;

/// <summary>Puts rollouts together: the same operation on several servers, in waves.</summary>
internal static class RolloutsSetup
{
    /// <summary>Adds starting, planning, what technicians do about them, and what shows them.</summary>
    public static IHostApplicationBuilder AddRollouts(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<RolloutStarting>();
        services.AddSingleton<RolloutPlans>();
        services.AddSingleton<RolloutWindows>();
        services.AddSingleton<RolloutWork>();
        services.AddSingleton<RolloutBoard>();
        services.AddHostedService<RolloutPlanning>();
        return builder;
    }
}
