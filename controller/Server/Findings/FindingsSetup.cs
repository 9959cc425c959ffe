namespace HaiSoft.Controller.Findings;

/// <summary>Puts judging together.</summary>
public static class FindingsSetup
{
    /// <summary>Adds the states of components.</summary>
    public static IHostApplicationBuilder AddFindings(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ComponentStates>();
        return builder;
    }
}
