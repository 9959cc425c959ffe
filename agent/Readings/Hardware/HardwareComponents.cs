using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Disks;
using HaiSoft.Agent.Readings.Links;
using HaiSoft.Agent.Readings.Memory;
using HaiSoft.Agent.Readings.Sensors;

namespace HaiSoft.Agent.Readings.Hardware;

/// <summary>Everything that a source showed; only the source's own list is filled.</summary>
public sealed record HardwareComponents
{
    public IReadOnlyList<DiskReading> Disks { get; init; } = [];

    public IReadOnlyList<ArrayReading> Arrays { get; init; } = [];

    public IReadOnlyList<MemoryReading> Memory { get; init; } = [];

    public IReadOnlyList<SensorReading> Sensors { get; init; } = [];

    public IReadOnlyList<LinkReading> Links { get; init; } = [];
}
