using System.Text.Json.Serialization;

namespace HaiSoft.Controller.Rules.Services;

/// <summary>What one check of a service saw.</summary>
/// <param name="ServiceId">Stable on its server: "systemd:mariadb.service".</param>
/// <param name="Name">For people: "mariadb.service", "TCP port 443".</param>
/// <param name="Discovered">The agent found it enabled by itself; otherwise somebody asked for it.</param>
/// <param name="At">When the check began.</param>
/// <param name="Seen">What was seen.</param>
public sealed record ServiceFacts(string ServiceId, string Name, bool Discovered, DateTimeOffset At, ServiceSeen Seen);

/// <summary>What a check can see, by its kind.</summary>
[JsonDerivedType(typeof(UnitSeen), "unit")]
[JsonDerivedType(typeof(ConnectionSeen), "connection")]
[JsonDerivedType(typeof(HttpSeen), "http")]
[JsonDerivedType(typeof(FileSystemSeen), "fs")]
[JsonDerivedType(typeof(CheckNotMade), "not-made")]
public abstract record ServiceSeen;

/// <summary>A unit, as systemd tells of it.</summary>
/// <param name="LoadState">"loaded", "not-found", "masked".</param>
/// <param name="ActiveState">"active", "failed" and so on.</param>
/// <param name="SubState">"running", "auto-restart" and so on.</param>
/// <param name="Result">Result of the last run.</param>
/// <param name="UnitFileState">"enabled", "disabled" and so on.</param>
/// <param name="RestartCount">NRestarts; absent when systemd does not tell.</param>
/// <param name="StateChangedAt">Since when it is in this ActiveState; absent when it never changed.</param>
public sealed record UnitSeen(
    string LoadState,
    string ActiveState,
    string SubState,
    string Result,
    string UnitFileState,
    int? RestartCount,
    DateTimeOffset? StateChangedAt) : ServiceSeen;

/// <summary>How a connection ended.</summary>
public enum ConnectionOutcome
{
    /// <summary>Open.</summary>
    Open = 1,

    /// <summary>Refused by the server itself.</summary>
    Refused = 2,

    /// <summary>No answer in time.</summary>
    TimedOut = 3,

    /// <summary>Reset, or no way there.</summary>
    Failed = 4,
}

/// <summary>A connection that was tried.</summary>
/// <param name="Outcome">How it ended.</param>
public sealed record ConnectionSeen(ConnectionOutcome Outcome) : ServiceSeen;

/// <summary>How TLS went.</summary>
public enum TlsOutcome
{
    /// <summary>Chain, name and dates are right.</summary>
    Trusted = 1,

    /// <summary>The chain leads to no known root.</summary>
    Untrusted = 2,

    /// <summary>The name is another's.</summary>
    WrongName = 3,

    /// <summary>Expired, or not valid yet.</summary>
    WrongDate = 4,

    /// <summary>No TLS could be agreed on.</summary>
    Failed = 5,
}

/// <summary>A GET that was tried.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="StatusCode">Absent without an answer.</param>
/// <param name="Tls">Absent without TLS.</param>
/// <param name="CertificateExpiresAt">Absent without TLS.</param>
public sealed record HttpSeen(
    ConnectionOutcome Connection, int? StatusCode, TlsOutcome? Tls, DateTimeOffset? CertificateExpiresAt) : ServiceSeen;

/// <summary>A file system's room.</summary>
/// <param name="SizeBytes">Size.</param>
/// <param name="AvailableBytes">Room for an unprivileged user.</param>
/// <param name="InodeCount">Absent where the file system counts none.</param>
/// <param name="InodeFreeCount">Absent where the file system counts none.</param>
/// <param name="ReadOnly">Mounted read-only though its table says otherwise.</param>
public sealed record FileSystemSeen(
    long SizeBytes, long AvailableBytes, long? InodeCount, long? InodeFreeCount, bool ReadOnly) : ServiceSeen;

/// <summary>The check itself could not be made.</summary>
/// <param name="Why">In words.</param>
public sealed record CheckNotMade(string Why) : ServiceSeen;
