using System.CommandLine;

namespace HaiSoft.Ctl.Commands;

/// <summary>Options that every command takes.</summary>
internal static class CtlOptions
{
    public static readonly Option<string?> Profile = new("--profile")
    {
        Description = "The controller's haisoftctl.json. Default: $HAISOFT_PROFILE, then ~/.config/haisoft/ctl.json.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one line of JSON (snake_case, times in UTC) for programs.",
        Recursive = true,
    };
}
