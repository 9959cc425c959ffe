namespace HaiSoft.Controller.Incidents;

/// <summary>
/// The order of the queue. A clock that runs, in time or late, comes by its due time: what is overdue longest is on top,
/// then what breaches next. Then incidents whose clocks are all stopped, and last those that are resolved, newest first.
/// </summary>
internal sealed class QueueOrder : IComparer<IncidentView>
{
    public static QueueOrder Instance { get; } = new();

    public int Compare(IncidentView? x, IncidentView? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int byGroup = GroupOf(x).CompareTo(GroupOf(y));
        if (byGroup != 0)
            return byGroup;
        if (x.State == IncidentState.Resolved)
            return y.Number.CompareTo(x.Number);
        int byDue = DueOf(x).CompareTo(DueOf(y));
        return byDue != 0 ? byDue : x.Number.CompareTo(y.Number);
    }

    private static int GroupOf(IncidentView incident) =>
        incident.State == IncidentState.Resolved ? 2 : incident.Clocks.Any(clock => clock.Runs) ? 0 : 1;

    private static DateTimeOffset DueOf(IncidentView incident) =>
        incident.Clocks.Where(clock => clock.Runs).Select(clock => clock.DueAt).DefaultIfEmpty(incident.DetectedAt).Min();
}
