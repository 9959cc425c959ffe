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

    /// <summary>When it was last observed.</summary>
    public required DateTimeOffset ObservedTime { get; set; }

    /// <summary>The boot in which its agent last observed it; empty before that.</summary>
    public string ObservedBootId { get; set; } = "";

    /// <summary>The time since that boot when it did.</summary>
    public long ObservedUptimeMicroseconds { get; set; }

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

    /// <summary>
    /// Its last observation was made before this time (negative), then or after it. Within a boot its agent's own clock tells; otherwise
    /// corrected times are all there is.
    /// </summary>
    public int ObservedComparedTo(CorrectedTime time) =>
        time.Moment is { } moment && moment.BootId == ObservedBootId
            ? ObservedUptimeMicroseconds.CompareTo((long)moment.Uptime.TotalMicroseconds)
            : ObservedTime.CompareTo(time.At);

    /// <summary>
    /// Notes an observation, and when it was made on the controller's clock: never before the one that it follows. What the controller
    /// observed itself leaves the agent's moment as it is: reports that are still under way go by it.
    /// </summary>
    public DateTimeOffset NoteObserved(CorrectedTime time)
    {
        if (time.Moment is { } moment)
            (ObservedBootId, ObservedUptimeMicroseconds) = (moment.BootId, (long)moment.Uptime.TotalMicroseconds);
        return ObservedTime = time.At > ObservedTime ? time.At : ObservedTime;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<ComponentRow>
    {
        public void Configure(EntityTypeBuilder<ComponentRow> builder) =>
            builder.ToTable("components").HasKey(row => new { row.ServerId, row.ComponentId });
    }
}
