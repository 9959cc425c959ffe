using HaiSoft.Testing.Files;

namespace HaiSoft.Agent.Tests.Helper;

/// <summary>A tool of the test's own: a shell script.</summary>
internal static class FakeTool
{
    public const string TwoDisks = """{"smartctl":{"exit_status":0},"devices":[{"name":"/dev/sda","type":"sat"},{"name":"/dev/bus/0","type":"megaraid,4"}]}""";

    /// <summary>Writes the script and returns its path.</summary>
    public static string Write(ScratchFolder folder, string name, string script)
    {
        var path = folder.Write(name, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return path;
    }

    /// <summary>A smartctl that answers the scan so, and does this for a device.</summary>
    public static string Smartctl(ScratchFolder folder, string scan, string forDevice) =>
        Write(folder, "smartctl", $"if [ \"$1\" = --scan-open ]; then echo '{scan}'; exit 0; fi\n{forDevice}\n");
}
