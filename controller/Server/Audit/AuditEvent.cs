namespace HaiSoft.Controller.Audit;

/// <summary>Something that must stay provable.</summary>
/// <param name="Actor">Who: a technician's name, "agent:ID", "controller".</param>
/// <param name="Action">What, a verb with its object: "incident.acknowledge", "server.add".</param>
/// <param name="Subject">On what: "incident:1042", "server:ID".</param>
/// <param name="Detail">More, as pairs; no secrets, no personal data but names of technicians. Absent for none.</param>
public sealed record AuditEvent(string Actor, string Action, string Subject, IReadOnlyDictionary<string, string>? Detail = null);
