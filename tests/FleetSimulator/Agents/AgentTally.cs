using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>Counts what one agent does into the fleet's figures, and writes what is acknowledged into the ledger.</summary>
internal sealed class AgentTally(FleetCounters counters, LedgerWriter? ledger, string server, string epoch)
{
    /// <summary>When the controller last welcomed the agent, as a stamp of the clock; 0 for never.</summary>
    public long WelcomeStamp { get; private set; }

    public void Welcomed(long stamp)
    {
        WelcomeStamp = stamp;
        counters.Welcome();
    }

    /// <summary>A stream that stood has ended.</summary>
    public void Parted() => counters.Part();

    public void Failed(Exception error) => counters.Fail(error);

    public void Sent(int reports) => counters.Send(reports);

    public void NoRoom(int reports) => counters.HoldBack(reports);

    /// <summary>A report is durable.</summary>
    /// <param name="report">Which.</param>
    /// <param name="stamp">When the acknowledgement came, as a stamp of the clock.</param>
    public void Acknowledged(SpooledReport report, long stamp)
    {
        counters.Acknowledge(report.Readings, report.SentStamp, stamp);
        ledger?.Write(LedgerEntry.Of(server, epoch, report.Report, LedgerMark.ReportNumber, MainServices.Flapping.ServiceId));
        report.Acknowledged?.TrySetResult(stamp);
    }
}
