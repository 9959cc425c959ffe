namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>Lets a program live at another time than this machine, by libfaketime. What counts time since boot is left alone.</summary>
internal static class FalseClock
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    /// <summary>Why no clock can be false on this machine; null when one can.</summary>
    public static string? WhyNot() => File.Exists(Library) ? null : "libfaketime is not installed: ./build.sh setup installs it.";

    /// <summary>The program and arguments that run another program with its wall clock off.</summary>
    /// <param name="off">As libfaketime writes it: "+1d", "-1d".</param>
    public static (string Program, string[] Arguments) Under(string off, string program, params IEnumerable<string> arguments) =>
        ("env", [$"LD_PRELOAD={Library}", $"FAKETIME={off}", "FAKETIME_DONT_FAKE_MONOTONIC=1", "NO_FAKE_STAT=1", program, .. arguments]);
}
