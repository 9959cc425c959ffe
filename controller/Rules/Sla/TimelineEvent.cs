namespace HaiSoft.Controller.Rules.Sla;

/// <summary>What can happen to an incident. Stored by number: never change one, only add.</summary>
public enum TimelineEventKind
{
    /// <summary>A fault was detected: the first observation of those that confirmed it (SLA 4.6).</summary>
    Detected = 1,

    /// <summary>The controller opened the incident.</summary>
    Opened = 2,

    /// <summary>Another fault was found to belong to it.</summary>
    FindingJoined = 3,

    /// <summary>A technician has seen it.</summary>
    Acknowledged = 4,

    /// <summary>A technician's intervention began.</summary>
    InterventionBegan = 5,

    /// <summary>A technician recorded that the part was replaced.</summary>
    ReplacementRecorded = 6,

    /// <summary>The agent saw another part where the failed one was.</summary>
    NewPartSeen = 7,

    /// <summary>A fault is gone.</summary>
    FindingRecovered = 8,

    /// <summary>All faults are gone.</summary>
    Recovered = 9,

    /// <summary>A fault that was gone is back.</summary>
    Relapsed = 10,

    /// <summary>The work is done.</summary>
    Resolved = 11,

    /// <summary>The fault changed: worse, or told in other words.</summary>
    FindingChanged = 12,

    /// <summary>An order was approved by less than usual, because of this incident.</summary>
    EmergencyApproved = 13,
}

/// <summary>Something that happened to an incident.</summary>
/// <param name="Kind">What.</param>
/// <param name="OccurredAt">When it happened, UTC.</param>
public readonly record struct TimelineEvent(TimelineEventKind Kind, DateTimeOffset OccurredAt);
