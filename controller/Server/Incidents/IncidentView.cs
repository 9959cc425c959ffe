using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Sla;

namespace HaiSoft.Controller.Incidents;

/// <summary>An incident as it stands at an instant.</summary>
/// <param name="Number">Its number for people.</param>
/// <param name="ServerId">The server's record.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="Place">The rack, or the host that carries it; empty when the record names none.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Title">One line: "mariadb.service is down".</param>
/// <param name="DetectedAt">The first observation of those that confirmed the fault (SLA 4.6).</param>
/// <param name="OpenedAt">When the controller opened it.</param>
/// <param name="Clocks">Its clocks at that instant; which is due first is first.</param>
/// <param name="RecoveredAt">Since when all its faults are gone; absent while one lasts.</param>
/// <param name="Technician">Who works on it; absent for nobody.</param>
/// <param name="Findings">The faults that it is about, oldest first.</param>
public sealed record IncidentView(
    long Number,
    string ServerId,
    string Server,
    string Customer,
    string Place,
    IncidentKind Kind,
    IncidentState State,
    string Title,
    DateTimeOffset DetectedAt,
    DateTimeOffset OpenedAt,
    IReadOnlyList<SlaClock> Clocks,
    DateTimeOffset? RecoveredAt,
    string? Technician,
    IReadOnlyList<FindingView> Findings)
{
    /// <summary>When the next of its promises is broken; absent when no clock runs, or all that run are broken already.</summary>
    public DateTimeOffset? NextBreachAt =>
        Clocks.Where(clock => clock.Runs && clock.State == SlaClockState.Running).Select(clock => (DateTimeOffset?)clock.DueAt).Min();
}

/// <summary>A judged fault of an incident.</summary>
/// <param name="ComponentId">Which component or service.</param>
/// <param name="Title">What it is, with model, serial and slot where it is a part.</param>
/// <param name="Health">The judgement.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Evidence">What it was judged from.</param>
/// <param name="DetectedAt">The first observation of those that confirmed it.</param>
/// <param name="RecoveredAt">The first observation of those that confirmed that it is gone; absent while it lasts.</param>
public sealed record FindingView(
    string ComponentId,
    string Title,
    Health Health,
    string Reason,
    IReadOnlyList<Evidence> Evidence,
    DateTimeOffset DetectedAt,
    DateTimeOffset? RecoveredAt);

/// <summary>An entry of an incident's timeline.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When the controller wrote it down.</param>
/// <param name="Actor">Who: a technician's name, "agent", "controller".</param>
/// <param name="Text">What, in words.</param>
/// <param name="EvidenceHash">SHA-256 of the evidence, in hexadecimal; empty for none.</param>
public sealed record TimelineEntryView(
    TimelineEventKind Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Actor, string Text, string EvidenceHash);

/// <summary>An incident with what happened to it.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Timeline">What happened, in the order in which it was written down.</param>
public sealed record IncidentDetail(IncidentView Incident, IReadOnlyList<TimelineEntryView> Timeline);

/// <summary>The queue at an instant.</summary>
/// <param name="At">The controller's time: count down from it.</param>
/// <param name="Incidents">What breaches next on top.</param>
public sealed record IncidentQueue(DateTimeOffset At, IReadOnlyList<IncidentView> Incidents);
