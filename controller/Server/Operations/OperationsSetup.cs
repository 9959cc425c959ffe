namespace HaiSoft.Controller.Operations;

/// <summary>Puts operations on servers together.</summary>
internal static class OperationsSetup
{
    /// <summary>Adds planning, drafting, approval, and what shows operations.</summary>
    public static IHostApplicationBuilder AddOperations(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<PlanAsking>();
        services.AddSingleton<OperationDrafting>();
        services.AddSingleton<OperationUndoing>();
        services.AddSingleton<OperationSteps>();
        services.AddSingleton<OperationApproval>();
        services.AddSingleton<PasskeyApproval>();
        services.AddSingleton<OperationWork>();
        services.AddSingleton<OperationBoard>();
        services.AddSingleton<OperationUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<OperationUpkeep>());
        return builder;
    }
}
