namespace HaiSoft.Agent.Session;

/// <summary>What may still be sent: the controller's credit, in bytes of serialized reports.</summary>
internal sealed class SendWindow
{
    private long _credit;

    /// <summary>Bytes that may be sent now.</summary>
    public long Available => Interlocked.Read(ref _credit);

    /// <summary>The controller gave more. What is not positive gives nothing.</summary>
    public void Add(long bytes)
    {
        if (bytes > 0)
        {
            Interlocked.Add(ref _credit, bytes);
        }
    }

    /// <summary>So much was sent.</summary>
    public void Use(long bytes) => Interlocked.Add(ref _credit, -bytes);
}
