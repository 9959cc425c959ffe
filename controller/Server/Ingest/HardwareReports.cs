using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Arrays;
using HaiSoft.Controller.Rules.Disks;
using HaiSoft.Controller.Rules.Links;
using HaiSoft.Controller.Rules.Memory;
using HaiSoft.Controller.Rules.Sensors;
using HaiSoft.Controller.Rules.Sources;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes readings of hardware in: the source itself, then each of its components, then what is not there any more.</summary>
internal static class HardwareReports
{
    public static async Task TakeAsync(Judgement judgement, HardwareReport report, CorrectedTime time, CancellationToken cancellationToken)
    {
        (string id, string name, ComponentKind kind) = report.Source switch
        {
            HardwareSource.Smart => ("smart", "SMART", ComponentKind.Disk),
            HardwareSource.Md => ("md", "Software RAID", ComponentKind.Array),
            HardwareSource.Edac => ("edac", "Memory errors (EDAC)", ComponentKind.Memory),
            HardwareSource.Hwmon => ("hwmon", "Board sensors (hwmon)", ComponentKind.Sensor),
            HardwareSource.Links => ("links", "Network links", ComponentKind.Link),
            _ => throw new ArgumentOutOfRangeException(nameof(report)),
        };
        TimeSpan interval = report.Interval?.ToTimeSpan() ?? TimeSpan.Zero;
        await TakeSourceAsync(judgement, $"source:{id}", name, report, interval, time, cancellationToken);
        if (report.OutcomeCase == HardwareReport.OutcomeOneofCase.Measured)
            await TakeReadingsAsync(judgement, kind, report.Measured, interval, time, cancellationToken);
    }

    private static async Task TakeSourceAsync(
        Judgement judgement,
        string id,
        string name,
        HardwareReport report,
        TimeSpan interval,
        CorrectedTime time,
        CancellationToken cancellationToken)
    {
        // What a machine does not have is no component of it.
        if (report.OutcomeCase == HardwareReport.OutcomeOneofCase.NotApplicable)
        {
            if (judgement.Present.FirstOrDefault(row => row.ComponentId == id && row.ObservedComparedTo(time) < 0) is { } known)
                await judgement.RemoveAsync(known, time, $"the machine has none any more ({report.NotApplicable.Reason})", cancellationToken);
            return;
        }

        string? trouble = report.OutcomeCase == HardwareReport.OutcomeOneofCase.Unavailable ? HardwareMapping.Words(report.Unavailable) : null;
        SourceFacts facts = new(name, trouble);
        await judgement.ObserveAsync(
            new Observed<SourceFacts>(id, ComponentKind.Source, name, time.At, interval, facts, (now, _) => SourceRules.Judge(now))
            {
                TimeNote = time.Note,
                Moment = time.Moment,
            },
            cancellationToken);
    }

    private static async Task TakeReadingsAsync(
        Judgement judgement,
        ComponentKind kind,
        HardwareReadings readings,
        TimeSpan interval,
        CorrectedTime time,
        CancellationToken cancellationToken)
    {
        Observed[] seen = [.. Observe(readings, time.At, interval).Where(o => o.Kind == kind).DistinctBy(o => o.ComponentId)];
        Observed[] appeared = [.. seen.Where(o => !judgement.Knows(o.ComponentId))];
        ComponentRow[] gone =
        [
            .. judgement.Present.Where(row =>
                row.Kind == kind && row.ObservedComparedTo(time) < 0 && seen.All(o => o.ComponentId != row.ComponentId)),
        ];
        foreach (Observed observed in seen)
            await judgement.ObserveAsync(observed with { TimeNote = time.Note, Moment = time.Moment }, cancellationToken);
        await MissingParts.TakeAsync(judgement, gone, appeared, time, cancellationToken);
    }

    private static IEnumerable<Observed> Observe(HardwareReadings readings, DateTimeOffset at, TimeSpan interval)
    {
        foreach (DiskFacts disk in readings.Disks.Select(HardwareMapping.Map))
            yield return new Observed<DiskFacts>(IdOf(disk), ComponentKind.Disk, DiskRules.TitleOf(disk), at, interval, disk, DiskRules.Judge);
        foreach (ArrayFacts array in readings.Arrays.Select(HardwareMapping.Map))
        {
            yield return new Observed<ArrayFacts>(
                $"array:{array.Name}", ComponentKind.Array, ArrayRules.TitleOf(array), at, interval, array, (now, _) => ArrayRules.Judge(now));
        }

        foreach (MemoryFacts memory in readings.Memory.Select(HardwareMapping.Map))
        {
            yield return new Observed<MemoryFacts>(
                $"memory:{memory.Controller}/{memory.Module}", ComponentKind.Memory, MemoryRules.TitleOf(memory), at, interval, memory, MemoryRules.Judge);
        }

        foreach (SensorFacts sensor in readings.Sensors.Select(HardwareMapping.Map))
        {
            yield return new Observed<SensorFacts>(
                $"sensor:{sensor.SensorId}", ComponentKind.Sensor, SensorRules.TitleOf(sensor), at, interval, sensor, (now, _) => SensorRules.Judge(now));
        }

        foreach (LinkFacts link in readings.Links.Select(HardwareMapping.Map))
            yield return new Observed<LinkFacts>($"link:{link.Name}", ComponentKind.Link, LinkRules.TitleOf(link), at, interval, link, LinkRules.Judge);
    }

    private static string IdOf(DiskFacts disk) => $"disk:{(string.IsNullOrEmpty(disk.Serial) ? disk.Device : disk.Serial)}";
}
