using System.Text.Json;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Ctl.Commands;

namespace HaiSoft.Controller.Tests.Ctl;

/// <summary>haisoftctl against a running controller, with the profile that its first start made.</summary>
internal sealed class CommandLine(RunningController controller)
{
    public async Task<Printed> RunAsync(params string[] args)
    {
        StringWriter output = new();
        StringWriter error = new();
        int code = await CtlRoot.RunAsync([.. args, "--profile", controller.ProfileFile], output, error, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>What it printed, and what it ended with.</summary>
    internal sealed record Printed(int Code, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }
}
