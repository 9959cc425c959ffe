namespace HaiSoft.Agent.Readings.Services;

/// <summary>What a check saw, unjudged.</summary>
public abstract record CheckSeen
{
    private protected CheckSeen()
    {
    }
}

/// <summary>A unit, as systemd tells of it, in systemd's own words.</summary>
/// <param name="LoadState">"loaded", "not-found", "masked".</param>
/// <param name="ActiveState">"active", "activating", "failed", "inactive" and so on.</param>
/// <param name="SubState">"running", "auto-restart", "dead" and so on.</param>
/// <param name="Result">Result of the last run: "success", "exit-code", "signal" and so on.</param>
/// <param name="UnitFileState">"enabled", "disabled", "static" and so on.</param>
/// <param name="RestartCount">NRestarts: automatic restarts since the unit was started by hand; absent where systemd does not count.</param>
/// <param name="StateChangeTime">Since when it is in this ActiveState; absent when it never changed.</param>
public sealed record SystemdUnitSeen(
    string LoadState,
    string ActiveState,
    string SubState,
    string Result,
    string UnitFileState,
    int? RestartCount,
    DateTimeOffset? StateChangeTime) : CheckSeen;

/// <summary>A connection that was tried.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ConnectDuration">Until it was open; absent when it was not.</param>
public sealed record ConnectionSeen(ConnectionOutcome Outcome, TimeSpan? ConnectDuration) : CheckSeen;

/// <summary>A GET that was tried.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="StatusCode">Absent without an answer.</param>
/// <param name="AnswerDuration">Until the answer's head was there; absent without one.</param>
/// <param name="Tls">How TLS went; absent without TLS.</param>
/// <param name="CertificateExpiryTime">notAfter of the certificate shown; absent without TLS.</param>
public sealed record HttpSeen(
    ConnectionOutcome Connection,
    int? StatusCode,
    TimeSpan? AnswerDuration,
    TlsOutcome? Tls,
    DateTimeOffset? CertificateExpiryTime) : CheckSeen;

/// <summary>A file system's room.</summary>
/// <param name="SizeBytes">Size.</param>
/// <param name="AvailableBytes">Room for an unprivileged user.</param>
/// <param name="InodeCount">Inodes; absent where the file system counts none.</param>
/// <param name="InodeFreeCount">Free inodes; absent where the file system counts none.</param>
/// <param name="UnexpectedlyReadOnly">Mounted read-only though its table says otherwise.</param>
public sealed record FileSystemSeen(
    long SizeBytes,
    long AvailableBytes,
    long? InodeCount,
    long? InodeFreeCount,
    bool UnexpectedlyReadOnly) : CheckSeen;

/// <summary>The check could not be made. The service's health is then unknown, never healthy.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">In words, without contents of the server (DOMAIN 7.8); at most 300 characters.</param>
public sealed record CheckNotMade(CheckNotMadeReason Reason, string Detail) : CheckSeen;
