using System.Text.RegularExpressions;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>Every process that a program and its descendants start, as the kernel is asked for it (strace of execve): path and arguments.</summary>
/// <param name="file">Where it is recorded, in the order of the calls.</param>
internal sealed partial class StartedProcesses(string file)
{
    private const int LongestArgument = 1 << 17;

    /// <summary>Why it cannot be recorded on this machine; null when all is there.</summary>
    public static string? WhyNot() => Tool.Find("strace") is null ? "strace is not installed: ./build.sh setup installs it." : null;

    /// <summary>The program and the arguments that run a program under record.</summary>
    public (string Program, string[] Arguments) Recording(string program, IEnumerable<string> arguments) =>
        ("strace", ["--follow-forks", "--seccomp-bpf", "-qq", "-e", "signal=none", "-e", "trace=execve,execveat", "-s", $"{LongestArgument}", "-A", "-o", file, program, .. arguments]);

    /// <summary>Each call so far, as strace writes it: <c>1234 execve("/usr/bin/rpm", ["/usr/bin/rpm", "--verify"], 0x7f.. /* 9 vars */) = 0</c>.</summary>
    public IReadOnlyList<string> Calls() => [.. File.ReadLines(file).Where(line => Call().IsMatch(line))];

    /// <summary>The path that a call names.</summary>
    public static string PathOf(string call) => Call().Match(call).Groups["path"].Value;

    [GeneratedRegex("""^\d+ +execve(at)?\((AT_FDCWD, )?"(?<path>([^"\\]|\\.)*)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Call();
}
