using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Readings.Links;
using HaiSoft.Agent.Readings.Memory;
using HaiSoft.Agent.Readings.Sensors;

namespace HaiSoft.Agent.Hardware;

/// <summary>The sources that the kernel shows to everyone, as files.</summary>
internal sealed class BoardSensors(FileRoots roots)
{
    private const int MaximumBytes = 1 << 20;

    public Reading<HardwareComponents> ReadArrays()
    {
        string path = roots.InProc("mdstat");
        if (!File.Exists(path))
        {
            return Reading.NotApplicable<HardwareComponents>("the kernel has no software RAID (md)");
        }

        return Of(Parse(path), "no md array", arrays => new HardwareComponents { Arrays = arrays }, Refine);
    }

    public Reading<HardwareComponents> ReadMemory() => Of(EdacFolder.Read(roots.Sys), "no memory module", memory => new HardwareComponents { Memory = memory });

    public Reading<HardwareComponents> ReadSensors() => Of(HwmonFolder.Read(roots.Sys), "no sensor", sensors => new HardwareComponents { Sensors = sensors });

    public Reading<HardwareComponents> ReadLinks() => Of(NetFolder.Read(roots.Sys), "no link", links => new HardwareComponents { Links = links });

    private static Reading<IReadOnlyList<ArrayReading>> Parse(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            return text.Length <= MaximumBytes
                ? MdStat.Parse(text)
                : Reading.Unavailable<IReadOnlyList<ArrayReading>>(UnavailableReason.TooLarge, "/proc/mdstat is larger than a megabyte");
        }
        catch (UnauthorizedAccessException error)
        {
            return Reading.Unavailable<IReadOnlyList<ArrayReading>>(UnavailableReason.Denied, error.Message);
        }
        catch (IOException error)
        {
            return Reading.Unavailable<IReadOnlyList<ArrayReading>>(UnavailableReason.ToolFailed, error.Message);
        }
    }

    private IReadOnlyList<ArrayReading> Refine(IReadOnlyList<ArrayReading> arrays)
    {
        IReadOnlyList<Disk> disks = DiskFolder.ReadAll(roots.Sys, roots.Run);
        return [.. arrays.Select(array => MdFolder.Refine(array, roots.Sys, disks))];
    }

    private static Reading<HardwareComponents> Of<T>(
        Reading<IReadOnlyList<T>> reading,
        string none,
        Func<IReadOnlyList<T>, HardwareComponents> put,
        Func<IReadOnlyList<T>, IReadOnlyList<T>>? refine = null) => reading switch
        {
            Measured<IReadOnlyList<T>> { Value.Count: 0 } => Reading.NotApplicable<HardwareComponents>(none),
            Measured<IReadOnlyList<T>> { Value: var values } => Reading.Measured(put(refine?.Invoke(values) ?? values)),
            Unavailable<IReadOnlyList<T>> unavailable => new Unavailable<HardwareComponents>(unavailable.Why),
            NotApplicable<IReadOnlyList<T>> notApplicable => Reading.NotApplicable<HardwareComponents>(notApplicable.Reason),
            _ => throw new InvalidOperationException("a reading is measured, unavailable or not applicable"),
        };
}
