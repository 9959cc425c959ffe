using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Json;

/// <summary>Messages as shapes.</summary>
internal static class Shaping
{
    public static CustomerShape Of(Customer customer) => new(
        customer.CustomerId, customer.Name, customer.Email, Words.Of(customer.CreatedTime), customer.ServerCount);

    public static ServerShape Of(Server server) => new(
        server.ServerId,
        server.Record.Name,
        server.Record.Customer,
        Words.Of(server.Record.Kind),
        Text(server.Record.Rack),
        Text(server.Record.Host),
        server.Record.Fee?.Cents ?? 0,
        server.Record.FeePeriod == FeePeriod.Year ? "year" : "month",
        server.Record.FromDate,
        server.Record.BackupOption,
        Words.Of(server.Health),
        Words.Of(server.Presence),
        Words.Of(server.LastReportTime),
        server.OpenIncidentCount,
        [.. server.Warnings],
        Text(server.OsName),
        Text(server.OrdersWithheld));

    public static ServerDetailShape Of(GetServerResponse response) => new(
        Of(response.Server),
        [.. response.Components.Select(c => new ComponentShape(
            c.ComponentId, c.Title, Words.Of(c.Health), c.Reason, Words.Of(c.ObservedTime), Words.Of(c.SinceTime), c.Service))],
        [.. response.Facts.Select(fact => new FactShape(fact.Name, fact.Value))]);

    public static IncidentShape Of(Incident incident, DateTimeOffset now) => new(
        incident.IncidentId,
        incident.Server,
        incident.Customer,
        Text(incident.Place),
        Words.Of(incident.Kind),
        Words.Of(incident.State),
        incident.Title,
        Words.Of(incident.DetectedTime),
        Words.Of(incident.OpenedTime),
        Words.Of(incident.RecoveredTime),
        Text(incident.Technician),
        [.. incident.Clocks.Select(clock => Of(clock, now))],
        [.. incident.Findings.Select(f => new FindingShape(
            f.ComponentId, f.Title, f.Reason, [.. f.Evidence], Words.Of(f.DetectedTime), Words.Of(f.RecoveredTime)))]);

    public static IncidentDetailShape Of(GetIncidentResponse response)
    {
        DateTimeOffset now = response.ServerTime.ToDateTimeOffset();
        return new(
            now,
            Of(response.Incident, now),
            [.. response.Timeline.Select(entry => new TimelineShape(
                Words.Of(entry.OccurredTime), Words.Of(entry.RecordedTime), entry.Actor, entry.Text, Text(entry.EvidenceHash)))]);
    }

    public static PersonShape Of(Person person) => new(
        person.PersonId,
        person.Name,
        Words.Of(person.Role),
        Text(person.Customer),
        Words.Of(person.State),
        person.SecondFactor,
        Words.Of(person.CreatedTime));

    public static ChecksShape Of(SetServerChecksResponse response) => new(
        response.ConfigurationVersion, [.. response.Services.Select(Of)]);

    private static CheckShape Of(ServiceDefinition service) => new(
        service.ServiceId,
        service.Kind.ToString().ToLowerInvariant(),
        service.Role.ToString().ToLowerInvariant(),
        Text(service.Unit),
        service.Port == 0 ? null : service.Port,
        Text(service.HostName),
        service.Tls,
        Text(service.Path));

    private static ClockShape Of(Clock clock, DateTimeOffset now) => new(
        Words.Of(clock.Kind),
        Words.Of(clock.State),
        Words.Of(clock.StartedTime),
        Words.Of(clock.DueTime),
        Words.Of(clock.StoppedTime),
        clock.StoppedTime is null && clock.DueTime is not null ? Math.Round((clock.DueTime.ToDateTimeOffset() - now).TotalSeconds, 3) : null);

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
