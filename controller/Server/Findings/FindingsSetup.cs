using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Findings;

/// <summary>Puts judging together.</summary>
public static class FindingsSetup
{
    /// <summary>Adds the states of components and the bounds of what is judged.</summary>
    public static IHostApplicationBuilder AddFindings(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FindingOptions>().Bind(builder.Configuration.GetSection("Controller:Findings")).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<FindingOptions>, Validation>();
        builder.Services.AddSingleton<ComponentStates>();
        builder.Services.AddSingleton<ServerClocks>();
        return builder;
    }

    private sealed class Validation : IValidateOptions<FindingOptions>
    {
        public ValidateOptionsResult Validate(string? name, FindingOptions options)
        {
            string[] faults = [.. options.Faults()];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
