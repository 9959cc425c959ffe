using System.Buffers;
using System.Text.RegularExpressions;

namespace HaiSoft.Controller.Records;

/// <summary>How a service is checked. Stored by number: never change one, only add.</summary>
public enum AddedCheck
{
    /// <summary>The state of a systemd unit.</summary>
    Systemd = 1,

    /// <summary>A TCP connection to the server itself.</summary>
    Tcp = 2,

    /// <summary>A GET to the server itself.</summary>
    Http = 3,
}

/// <summary>What a service is to its server (SLA 4.1). Stored by number, as the protocol's: never change one, only add.</summary>
public enum AddedRole
{
    Web = 1,
    Database = 2,
    Mail = 3,
    Dns = 4,
    Ftp = 5,
    Ssh = 6,
    Plesk = 7,
    Storage = 8,
    Other = 9,
}

/// <summary>
/// A service that technicians added to those that an agent finds by itself. It names no host but the server's own, no command and no
/// file (DESIGN 3): file systems are found by the agent alone.
/// </summary>
public sealed partial record AddedService
{
    private static readonly SearchValues<char> Printable =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)]);

    /// <summary>Stable on its server: "systemd:mariadb.service", "tcp:443", "http:https://shop.example/".</summary>
    public required string ServiceId { get; init; }

    public required AddedCheck Check { get; init; }

    public required AddedRole Role { get; init; }

    /// <summary>Systemd: the unit's name with its suffix.</summary>
    public string Unit { get; init; } = "";

    /// <summary>TCP, HTTP: 1 to 65535.</summary>
    public int Port { get; init; }

    /// <summary>HTTP: the name for Host and for the certificate.</summary>
    public string HostName { get; init; } = "";

    /// <summary>HTTP: over TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>HTTP: what is asked for, from its slash.</summary>
    public string Path { get; init; } = "";

    /// <summary>Every fault, each saying what to write.</summary>
    internal IEnumerable<string> Faults()
    {
        if (ServiceId.Length is 0 or > 300 || ServiceId.AsSpan().ContainsAnyExcept(Printable))
            yield return $"the service id '{ServiceId}' must have 1 to 300 printable characters without spaces, for example tcp:443";
        if (!Enum.IsDefined(Role))
            yield return $"{ServiceId}: the role is missing: web, database, mail, dns, ftp, ssh, plesk, storage or other";
        foreach (string fault in CheckFaults())
            yield return $"{ServiceId}: {fault}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9:_.\\@-]{1,240}\.(service|socket|timer|mount|path|target)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnitName { get; }

    private IEnumerable<string> CheckFaults()
    {
        switch (Check)
        {
            case AddedCheck.Systemd when !UnitName.IsMatch(Unit):
                yield return $"the unit '{Unit}' is not one: write its name with its suffix, for example mariadb.service";
                break;
            case AddedCheck.Tcp or AddedCheck.Http when Port is < 1 or > 65535:
                yield return $"the port {Port} is not one: write 1 to 65535";
                break;
            case AddedCheck.Systemd or AddedCheck.Tcp or AddedCheck.Http:
                break;
            default:
                yield return "the check is not one that can be added: systemd, tcp or http (file systems are found by the agent itself)";
                break;
        }

        if (Check == AddedCheck.Http && Uri.CheckHostName(HostName) != UriHostNameType.Dns)
            yield return $"the host name '{HostName}' is not one: write the site's name, for example shop.example";
        if (Check == AddedCheck.Http && (!Path.StartsWith('/') || Path.Length > 1024 || Path.AsSpan().ContainsAnyExcept(Printable)))
            yield return $"the path '{Path}' must start with a slash and have at most 1024 printable characters without spaces";
    }
}
