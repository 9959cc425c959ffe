using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Hardware;

namespace HaiSoft.Agent.Hardware;

/// <summary>What is read when (DOMAIN 4.6): disks every 5 minutes, everything else every minute, md also when it changes.</summary>
internal sealed class HardwareSchedule(HardwareOptions options, SmartSensor smart, BoardSensors board, FileRoots roots)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private readonly MdWatch _arrays = new(roots);

    public IReadOnlyList<Sensor> Sensors =>
    [
        new(HardwareSource.Smart, options.DiskInterval, options.HelperPatience + Margin, smart.ReadAsync),
        Board(HardwareSource.Md, board.ReadArrays) with { Hurry = () => _arrays.Next },
        Board(HardwareSource.Edac, board.ReadMemory),
        Board(HardwareSource.Hwmon, board.ReadSensors),
        Board(HardwareSource.Links, board.ReadLinks),
    ];

    /// <summary>Begins to listen for changes.</summary>
    public void Start(CancellationToken cancellationToken) => _arrays.Start(cancellationToken);

    private Sensor Board(HardwareSource source, Func<Reading<HardwareComponents>> read) =>
        new(source, options.BoardInterval, options.Patience, _ => Task.FromResult(read()));
}
