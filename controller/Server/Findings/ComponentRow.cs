using HaiSoft.Controller.Rules.Findings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Findings;

/// <summary>What a component is. Stored by number: never change one, only add.</summary>
public enum ComponentKind
{
    /// <summary>A disk.</summary>
    Disk = 1,

    /// <summary>An array of disks.</summary>
    Array = 2,

    /// <summary>A memory module.</summary>
    Memory = 3,

    /// <summary>A sensor on the board.</summary>
    Sensor = 4,

    /// <summary>A network link.</summary>
    Link = 5,

    /// <summary>A service.</summary>
    Service = 6,

    /// <summary>A source of hardware readings.</summary>
    Source = 7,

    /// <summary>The agent itself: its silence, its parts.</summary>
    Agent = 8,
}

/// <summary>The state of a component of the moment, as stored.</summary>
internal sealed class ComponentRow
{
    public required string ServerId { get; init; }

    public required string ComponentId { get; init; }

    public required ComponentKind Kind { get; set; }

    public required string Title { get; set; }

    public required Health Health { get; set; }

    public required string Reason { get; set; }

    /// <summary>As canonical JSON.</summary>
    public required string Evidence { get; set; }

    public required DateTimeOffset ObservedTime { get; set; }

    public required DateTimeOffset SinceTime { get; set; }

    /// <summary>When it was last read with a verdict; absent before the first.</summary>
    public DateTimeOffset? LastReadTime { get; set; }

    /// <summary>How often it should be read; 0 when nobody said.</summary>
    public long IntervalMicroseconds { get; set; }

    /// <summary>The state of its debouncing, JSON.</summary>
    public required string Confirmation { get; set; }

    /// <summary>What was last read of it, JSON: for rules that judge growth.</summary>
    public required string Facts { get; set; }

    /// <summary>It was there in the last whole reading of its source.</summary>
    public required bool Present { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ComponentRow>
    {
        public void Configure(EntityTypeBuilder<ComponentRow> builder) =>
            builder.ToTable("components").HasKey(row => new { row.ServerId, row.ComponentId });
    }
}
