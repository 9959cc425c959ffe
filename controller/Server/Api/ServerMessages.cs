using System.Globalization;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Protocol.Technician.V1;
using FeePeriod = HaiSoft.Controller.Rules.Fees.FeePeriod;
using ServerKind = HaiSoft.Controller.Fleet.ServerKind;

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
        };
    }

    private static ServerKind? KindOf(HaiSoft.Protocol.Technician.V1.ServerKind kind) => kind switch
    {
        HaiSoft.Protocol.Technician.V1.ServerKind.Dedicated => ServerKind.Dedicated,
        HaiSoft.Protocol.Technician.V1.ServerKind.Virtual => ServerKind.Virtual,
        _ => null,
    };

    private static Fee? FeeOf(ServerRecord record)
    {
        FeePeriod? period = record.FeePeriod switch
        {
            HaiSoft.Protocol.Technician.V1.FeePeriod.Month => FeePeriod.Month,
            HaiSoft.Protocol.Technician.V1.FeePeriod.Year => FeePeriod.Year,
            _ => null,
        };
        return record.Fee is { Cents: >= 0 and <= (long)Fee.HighestEuros * 100 } euro && period is { } known ? Fee.OfCents(euro.Cents, known) : null;
    }
}
