using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;
using AgentPart = HaiSoft.Agent.Readings.Observations.AgentPart;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>Turns observations into reports, and the spool's records back into reports with their sequence.</summary>
internal static class ReportMapping
{
    private const int IdLength = 16;

    /// <summary>What the spool stores of an observation: a report without its sequence.</summary>
    /// <param name="observation">Which.</param>
    /// <param name="series">The numbers of its series.</param>
    public static byte[] Encode(Observation observation, SeriesCatalogue series)
    {
        Report report = new()
        {
            ReportId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(IdLength)),
            ObservedTime = Timestamp.FromDateTimeOffset(observation.At.Time),
            ObservedUptime = Duration.FromTimeSpan(observation.At.Uptime),
            BootId = observation.At.BootId,
        };
        SetBody(report, observation, series);
        return report.ToByteArray();
    }

    /// <summary>A record of the spool as it is sent.</summary>
    /// <exception cref="InvalidProtocolBufferException">It was not written by <c>Encode</c>.</exception>
    public static Report Decode(SpooledRecord record)
    {
        Report report = Report.Parser.ParseFrom(record.Payload.Span);
        report.Sequence = record.Sequence;
        return report;
    }

    /// <summary>
    /// Tells of records that are no longer held, in the place of the last of them. The same gap always has the same id.
    /// </summary>
    public static Report TellGap(string epoch, long first, long last, Moment now)
    {
        Span<byte> seed = stackalloc byte[16];
        BitConverter.TryWriteBytes(seed, first);
        BitConverter.TryWriteBytes(seed[8..], last);
        byte[] id = HMACSHA256.HashData(System.Text.Encoding.ASCII.GetBytes(epoch), seed);
        return new Report
        {
            Sequence = last,
            ReportId = ByteString.CopyFrom(id.AsSpan(0, IdLength)),
            ObservedTime = Timestamp.FromDateTimeOffset(now.Time),
            ObservedUptime = Duration.FromTimeSpan(now.Uptime),
            BootId = now.BootId,
            SpoolGap = new SpoolGap { FirstSequence = first, LastSequence = last, DroppedCount = last - first + 1 },
        };
    }

    private static void SetBody(Report report, Observation observation, SeriesCatalogue series)
    {
        switch (observation)
        {
            case InventoryObserved inventory:
                report.Inventory = InventoryMapping.ToMessage(inventory.Inventory);
                break;
            case HardwareObserved hardware:
                report.Hardware = HardwareMapping.ToMessage(hardware.Reading);
                break;
            case MeasurementsTaken measurements:
                report.Measurements = MeasurementsMapping.ToMessage(measurements.Values, series);
                break;
            case ServicesObserved services:
                report.Services = ServicesMapping.ToMessage(services.Round);
                break;
            case AgentFaultObserved fault:
                report.AgentFault = new AgentFault { Part = ToMessage(fault.Part), Failing = fault.Failing, Detail = Wording.Bound(fault.Detail) };
                break;
            case TrustObserved trust:
                report.Trust = trust.Trust;
                break;
            case OrderEntryObserved order:
                report.Order = order.Entry;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(observation), observation.GetType().Name, "no report is made of it");
        }
    }

    private static HaiSoft.Protocol.Agent.V1.AgentPart ToMessage(AgentPart part) => part switch
    {
        AgentPart.Spool => HaiSoft.Protocol.Agent.V1.AgentPart.Spool,
        AgentPart.Helper => HaiSoft.Protocol.Agent.V1.AgentPart.Helper,
        AgentPart.Renewal => HaiSoft.Protocol.Agent.V1.AgentPart.Renewal,
        AgentPart.Configuration => HaiSoft.Protocol.Agent.V1.AgentPart.Configuration,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };
}
