namespace HaiSoft.Controller.Operations;

/// <summary>Puts operations on servers together.</summary>
internal static class OperationsSetup
{
    /// <summary>Adds planning.</summary>
    public static IHostApplicationBuilder AddOperations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PlanAsking>();
        return builder;
    }
}
