using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// What makes a check worth repeating and reporting at once. This is no judgement: whether a service is healthy is the
/// controller's to say.
/// </summary>
internal static class CheckChange
{
    private static readonly TimeSpan SameInstant = TimeSpan.FromSeconds(2);
    private const double LittleRoom = 0.05;

    /// <summary>It may show a fault.</summary>
    public static bool LooksFailed(CheckSeen seen) => seen switch
    {
        SystemdUnitSeen unit => unit.ActiveState is not ("active" or "reloading"),
        ConnectionSeen tcp => tcp.Outcome != ConnectionOutcome.Open,
        HttpSeen http => http is not { Connection: ConnectionOutcome.Open, StatusCode: < 500, Tls: null or TlsOutcome.Trusted },
        FileSystemSeen room => room.UnexpectedlyReadOnly || IsLittle(room.AvailableBytes, room.SizeBytes) || IsLittle(room.InodeFreeCount, room.InodeCount),
        _ => true,
    };

    /// <summary>It shows something else than the check before, not counting figures that always move.</summary>
    public static bool IsChange(CheckSeen before, CheckSeen now) => (before, now) switch
    {
        (SystemdUnitSeen old, SystemdUnitSeen unit) =>
            old with { StateChangeTime = null } != unit with { StateChangeTime = null } || Differ(old.StateChangeTime, unit.StateChangeTime),
        (ConnectionSeen old, ConnectionSeen tcp) => old.Outcome != tcp.Outcome,
        (HttpSeen old, HttpSeen http) =>
            (old.Connection, old.StatusCode, old.Tls, old.CertificateExpiryTime) != (http.Connection, http.StatusCode, http.Tls, http.CertificateExpiryTime),
        (CheckNotMade old, CheckNotMade notMade) => old.Reason != notMade.Reason,
        _ => before.GetType() != now.GetType() || LooksFailed(before) != LooksFailed(now),
    };

    private static bool IsLittle(long? free, long? all) => free < all * LittleRoom;

    // Instants are computed from two clocks that are not read together.
    private static bool Differ(DateTimeOffset? left, DateTimeOffset? right) =>
        left.HasValue != right.HasValue || (left - right)?.Duration() > SameInstant;
}
