namespace HaiSoft.Agent.Identity;

/// <summary>The controller's clock, estimated: certificates are dated by it, and this server's may be days off.</summary>
internal sealed class ControllerClock(TimeProvider time, TimeSpan offset)
{
    /// <summary>An offset above this is told to whoever can set the clock.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    private long _offset = offset.Ticks;

    /// <summary>The controller's clock minus this server's, as last heard.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>What the controller's clock says now, about.</summary>
    public DateTimeOffset UtcNow => time.GetUtcNow() + Offset;

    /// <summary>The controller told its time just now.</summary>
    public void Hear(DateTimeOffset controllerTime) =>
        Interlocked.Exchange(ref _offset, (controllerTime - time.GetUtcNow()).Ticks);
}
