using System.Globalization;
using System.Net.Sockets;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>How the helper was started.</summary>
/// <param name="Job">What for.</param>
/// <param name="SocketPath">Started by hand: the socket to make. Absent: systemd hands one over.</param>
/// <param name="PeerUser">Started by hand: the user that may ask besides root.</param>
/// <param name="StateFolder">Where the jobs <see cref="HelperJob.Plan"/> and <see cref="HelperJob.Run"/> keep what they keep.</param>
/// <param name="PinFile">Where these jobs find the fingerprint of the root.</param>
/// <param name="SystemRoot">The root of the system whose packages these jobs plan and change: "/", unless started by hand for another.</param>
internal sealed record HelperArguments(HelperJob Job, string? SocketPath, uint? PeerUser, string StateFolder, string PinFile, string SystemRoot)
{
    /// <summary>The agent's own user, as the packages make it.</summary>
    public const string AgentUser = "haisoft-agent";

    /// <summary>Where the helper keeps what it keeps, as its units make it.</summary>
    public const string DefaultStateFolder = "/var/lib/haisoft-helper";
    private const string DefaultPinFile = "/etc/haisoft/root-fingerprint";

    private const string Usage = "usage: haisoft-helper [probe] [--socket PATH --peer-uid UID]\n"
        + "       haisoft-helper plan|run [--socket PATH --peer-uid UID] [--state FOLDER] [--root-fingerprint FILE] [--system FOLDER]\n"
        + "(without a socket: started by systemd for one)";

    /// <summary>Without a request for so long it ends; by hand it stays.</summary>
    public TimeSpan IdleLimit => SocketPath is null ? TimeSpan.FromSeconds(60) : Timeout.InfiniteTimeSpan;

    public static bool TryParse(IReadOnlyList<string> args, out HelperArguments arguments, out string problem)
    {
        var job = args switch
        {
            ["plan", ..] => HelperJob.Plan,
            ["run", ..] => HelperJob.Run,
            _ => HelperJob.Probe,
        };
        string? socket = null;
        uint? user = null;
        var (state, pin, system) = (DefaultStateFolder, DefaultPinFile, "/");
        problem = "";
        for (var i = args is ["plan" or "run" or "probe", ..] ? 1 : 0; i < args.Count && problem.Length == 0; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            problem = (args[i], value) switch
            {
                (_, null) => Usage,
                ("--socket" or "--state" or "--root-fingerprint" or "--system", _) when !Path.IsPathFullyQualified(value) => $"{args[i]} {value}: give an absolute path",
                ("--socket", _) => Take(() => socket = value),
                ("--state", _) when job != HelperJob.Probe => Take(() => state = value),
                ("--root-fingerprint", _) when job != HelperJob.Probe => Take(() => pin = value),
                ("--system", _) when job != HelperJob.Probe => Take(() => system = value),
                ("--peer-uid", _) when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var uid) => Take(() => user = uid),
                ("--peer-uid", _) => $"--peer-uid {value}: give a number, as \"id -u {AgentUser}\" prints it",
                _ => $"{args[i]} is unknown; {Usage}",
            };
        }

        arguments = new HelperArguments(job, socket, user, state, pin, system);
        if (problem.Length == 0 && (socket is null) != (user is null))
            problem = "--socket and --peer-uid go together; " + Usage;
        if (problem.Length == 0 && socket is null && system != "/")
            problem = "--system goes with --socket; " + Usage;
        return problem.Length == 0;
    }

    /// <summary>The socket, listening.</summary>
    public Socket Open() => SocketPath is null ? ActivatedSocket.Take() : OwnSocket.Listen(SocketPath);

    /// <summary>Who may ask: root and the agent's user.</summary>
    public IReadOnlySet<uint> AllowedUsers()
    {
        var users = new HashSet<uint> { 0 };
        if ((PeerUser ?? UserTable.Find("/etc/passwd", AgentUser)) is { } user)
            users.Add(user);
        return users;
    }

    private static string Take(Action take)
    {
        take();
        return "";
    }
}
