using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Protocol.Technician.V1;
using IncidentKind = HaiSoft.Controller.Incidents.IncidentKind;
using IncidentState = HaiSoft.Controller.Incidents.IncidentState;
using Wire = HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Incidents, to the wire.</summary>
internal static class IncidentMessages
{
    public static Incident ToMessage(IncidentView incident) => new()
    {
        IncidentId = incident.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Server = incident.Server,
        Customer = incident.Customer,
        Place = incident.Place,
        Kind = KindOf(incident.Kind),
        State = StateOf(incident.State),
        Title = incident.Title,
        DetectedTime = incident.DetectedAt.ToTimestamp(),
        OpenedTime = incident.OpenedAt.ToTimestamp(),
        Clocks = { incident.Clocks.Select(ToMessage) },
        RecoveredTime = Instants.Write(incident.RecoveredAt),
        Technician = incident.Technician ?? "",
        Findings = { incident.Findings.Select(ToMessage) },
    };

    public static TimelineEntry ToMessage(TimelineEntryView entry) => new()
    {
        OccurredTime = entry.OccurredAt.ToTimestamp(),
        RecordedTime = entry.RecordedAt.ToTimestamp(),
        Actor = entry.Actor,
        Text = entry.Text,
        EvidenceHash = entry.EvidenceHash,
    };

    private static Clock ToMessage(SlaClock clock) => new()
    {
        Kind = clock.Promise switch
        {
            SlaPromise.Intervention => ClockKind.Intervention,
            SlaPromise.Replacement => ClockKind.Replacement,
            _ => ClockKind.Unspecified,
        },
        State = clock.State switch
        {
            SlaClockState.Running => ClockState.Running,
            SlaClockState.Met => ClockState.Met,
            SlaClockState.Breached => ClockState.Breached,
            _ => ClockState.Unspecified,
        },
        StartedTime = clock.StartedAt.ToTimestamp(),
        DueTime = clock.DueAt.ToTimestamp(),
        StoppedTime = Instants.Write(clock.StoppedAt),
    };

    private static Finding ToMessage(FindingView finding) => new()
    {
        ComponentId = finding.ComponentId,
        Title = finding.Title,
        Reason = finding.Reason,
        Evidence = { finding.Evidence.Select(evidence => $"{evidence.Name}: {evidence.Value}") },
        DetectedTime = finding.DetectedAt.ToTimestamp(),
        RecoveredTime = Instants.Write(finding.RecoveredAt),
    };

    private static Wire.IncidentKind KindOf(IncidentKind kind) => kind switch
    {
        IncidentKind.Service => Wire.IncidentKind.Service,
        IncidentKind.Hardware => Wire.IncidentKind.Hardware,
        IncidentKind.Monitoring => Wire.IncidentKind.Monitoring,
        _ => Wire.IncidentKind.Unspecified,
    };

    private static Wire.IncidentState StateOf(IncidentState state) => state switch
    {
        IncidentState.Detected => Wire.IncidentState.Detected,
        IncidentState.Acknowledged => Wire.IncidentState.Acknowledged,
        IncidentState.Intervention => Wire.IncidentState.Intervention,
        IncidentState.Resolved => Wire.IncidentState.Resolved,
        _ => Wire.IncidentState.Unspecified,
    };
}
