using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Protocol.Technician.V1;
using FeePeriod = HaiSoft.Controller.Rules.Fees.FeePeriod;
using Health = HaiSoft.Controller.Rules.Findings.Health;
using ServerKind = HaiSoft.Controller.Records.ServerKind;
using Wire = HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Servers' records, from and to the wire.</summary>
internal static class ServerMessages
{
    /// <summary>A record as it came: what cannot be read is told with all other faults.</summary>
    public static ServerDraft ToDraft(ServerRecord record)
    {
        bool fromIsRead = DateOnly.TryParseExact(record.FromDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly from);
        return new ServerDraft
        {
            Name = record.Name,
            Customer = record.Customer,
            Kind = KindOf(record.Kind),
            Rack = record.Rack,
            Host = record.Host,
            Fee = FeeOf(record),
            From = fromIsRead ? from : null,
            BackupOption = record.BackupOption,
            Unreadable = fromIsRead || record.FromDate.Length == 0
                ? []
                : [$"the first day of service '{record.FromDate}' cannot be read: write it as 2026-11-22"],
        };
    }

    /// <summary>A server as it is shown.</summary>
    public static Server ToMessage(ServerView server) => new()
    {
        ServerId = server.ServerId,
        Record = ToRecord(server),
        Health = HealthOf(server.Health),
        Presence = (AgentPresence)server.Presence,
        LastReportTime = Instants.Write(server.LastReportAt),
        OpenIncidentCount = server.OpenIncidents,
        Warnings = { server.Warnings },
        OsName = server.OsName,
        OrdersWithheld = server.OrdersWithheld,
    };

    /// <summary>A component as it is shown.</summary>
    public static Component ToMessage(ComponentView component) => new()
    {
        ComponentId = component.ComponentId,
        Title = component.Title,
        Health = HealthOf(component.Health),
        Reason = component.Reason,
        ObservedTime = component.ObservedAt.ToTimestamp(),
        SinceTime = component.Since.ToTimestamp(),
        Service = component.IsService,
    };

    private static ServerRecord ToRecord(ServerView server) => new()
    {
        Name = server.Name,
        Customer = server.Customer,
        Kind = server.Kind == ServerKind.Virtual ? Wire.ServerKind.Virtual : Wire.ServerKind.Dedicated,
        Rack = server.Rack,
        Host = server.Host,
        Fee = new Euro { Cents = server.Fee.Cents },
        FeePeriod = server.Fee.Period == FeePeriod.Year ? Wire.FeePeriod.Year : Wire.FeePeriod.Month,
        FromDate = server.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        BackupOption = server.BackupOption,
    };

    public static Wire.Health HealthOf(Health health) => health switch
    {
        Health.Healthy => Wire.Health.Healthy,
        Health.Degrading => Wire.Health.Degrading,
        Health.Failed => Wire.Health.Failed,
        _ => Wire.Health.Unknown,
    };

    private static ServerKind? KindOf(Wire.ServerKind kind) => kind switch
    {
        Wire.ServerKind.Dedicated => ServerKind.Dedicated,
        Wire.ServerKind.Virtual => ServerKind.Virtual,
        _ => null,
    };

    private static Fee? FeeOf(ServerRecord record)
    {
        FeePeriod? period = record.FeePeriod switch
        {
            Wire.FeePeriod.Month => FeePeriod.Month,
            Wire.FeePeriod.Year => FeePeriod.Year,
            _ => null,
        };
        return record.Fee is { Cents: >= 0 and <= (long)Fee.HighestEuros * 100 } euro && period is { } known ? Fee.OfCents(euro.Cents, known) : null;
    }
}
