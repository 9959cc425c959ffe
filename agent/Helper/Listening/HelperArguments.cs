using System.Globalization;
using System.Net.Sockets;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>How the helper was started.</summary>
/// <param name="SocketPath">Started by hand: the socket to make. Absent: systemd hands one over.</param>
/// <param name="PeerUser">Started by hand: the user that may ask besides root.</param>
internal sealed record HelperArguments(string? SocketPath, uint? PeerUser)
{
    /// <summary>The agent's own user, as the packages make it.</summary>
    public const string AgentUser = "haisoft-agent";

    private const string Usage = "usage: haisoft-helper [--socket PATH --peer-uid UID]   (without arguments: started by systemd for its socket)";

    /// <summary>Without a request for so long it ends; by hand it stays.</summary>
    public TimeSpan IdleLimit => SocketPath is null ? TimeSpan.FromSeconds(60) : Timeout.InfiniteTimeSpan;

    public static bool TryParse(IReadOnlyList<string> args, out HelperArguments arguments, out string problem)
    {
        string? socket = null;
        uint? user = null;
        problem = "";
        for (var i = 0; i < args.Count && problem.Length == 0; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            problem = (args[i], value) switch
            {
                (_, null) => Usage,
                ("--socket", _) when Path.IsPathFullyQualified(value) => Take(() => socket = value),
                ("--socket", _) => $"--socket {value}: give an absolute path",
                ("--peer-uid", _) when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var uid) => Take(() => user = uid),
                ("--peer-uid", _) => $"--peer-uid {value}: give a number, as \"id -u {AgentUser}\" prints it",
                _ => $"{args[i]} is unknown; {Usage}",
            };
        }

        arguments = new HelperArguments(socket, user);
        if (problem.Length == 0 && (socket is null) != (user is null))
            problem = "--socket and --peer-uid go together; " + Usage;
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
