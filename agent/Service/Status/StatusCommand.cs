using System.CommandLine;
using System.Text.Json;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;

namespace HaiSoft.Agent.Status;

/// <summary><c>haisoft-agent status</c>.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(3);

    public static Command Create(Option<string?> state)
    {
        Option<bool> json = new("--json") { Description = "Print the daemon's status file for programs." };
        Command command = new("status", "Show whether this server is enrolled and connected, what waits to be sent, and what fails.") { json, state };
        command.SetAction(arguments => Run(StateFolder.Of(arguments.GetValue(state)), arguments.GetValue(json)));
        return command;
    }

    private static int Run(StateFolder folder, bool json)
    {
        StatusFile? status = StatusFile.Find(folder);
        if (status is null)
        {
            return TellWithoutDaemon(folder);
        }

        bool runs = TimeProvider.System.GetUtcNow() - status.WrittenTime < Stale && Directory.Exists($"/proc/{status.ProcessId}");
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.StatusFile));
        }
        else
        {
            Print(status, runs);
        }

        return status.Server is null ? ExitCodes.NotEnrolled : runs && status.ConnectedSince is not null ? ExitCodes.Ok : ExitCodes.NotConnected;
    }

    private static int TellWithoutDaemon(StateFolder folder)
    {
        if (new IdentityStore(folder.Path).Exists)
        {
            Console.WriteLine("Enrolled, but the daemon does not run or its status cannot be read: systemctl status haisoft-agent");
            return ExitCodes.NotConnected;
        }

        Console.WriteLine("Not enrolled: haisoft-agent enroll --controller HOST:PORT --token TOKEN");
        return ExitCodes.NotEnrolled;
    }

    private static void Print(StatusFile status, bool runs)
    {
        Line("Daemon", runs ? $"runs, version {status.Version}, process {status.ProcessId}" : $"does not run; last seen {status.WrittenTime:u}");
        if (status.Server is null)
        {
            Line("Enrolled", "no: haisoft-agent enroll --controller HOST:PORT --token TOKEN");
            return;
        }

        Line("Enrolled as", $"{status.Server} (agent {status.AgentId})");
        Line("Controller", status.Controller ?? "");
        Line("Certificate", $"holds until {status.CertificateExpiryTime:u}");
        Line("Connected", status.ConnectedSince is { } since && runs ? $"since {since:u}" : "no");
        if (status.LastError is { } error)
        {
            Line("Last error", $"{status.LastErrorTime:u} {Wording.Bound(error)}");
        }

        Line("Spool", $"{status.SpoolBacklogCount} reports wait, {status.SpoolBytes / 1024} KiB");
        Line("Services", $"{status.ServicesCount} are checked");
        if (status.Trust is { } trust)
        {
            PrintTrust(trust);
        }

        if (Math.Abs(status.ClockOffsetSeconds) > ControllerClock.Tolerance.TotalSeconds)
        {
            Line("Clock", $"{status.ClockOffsetSeconds:+0;-0} s to the controller's: set it (timedatectl set-ntp true)");
        }

        foreach ((string part, string detail) in status.Faults ?? new Dictionary<string, string>())
        {
            Line("Fault", $"{part}: {Wording.Bound(detail)}");
        }
    }

    private static void PrintTrust(TrustStatus trust)
    {
        Line("Root", !trust.Pinned ? "no fingerprint is pinned: this server takes no orders" : Held(trust.RootVersion, trust.RootExpiryTime));
        Line("Catalogue", Held(trust.CatalogueVersion, trust.CatalogueExpiryTime));
        if (trust.Problem is { } problem)
        {
            Line("", Wording.Bound(problem));
        }
    }

    private static string Held(long version, DateTimeOffset? expiry) =>
        version == 0 ? "none" : $"version {version}, {(expiry > TimeProvider.System.GetUtcNow() ? "counts until" : "expired")} {expiry:u}";

    private static void Line(string name, string value) => Console.WriteLine($"{name,-12} {value}");
}
