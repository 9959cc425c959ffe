namespace HaiSoft.Agent.Session;

/// <summary>How the link is, for the status and systemd.</summary>
internal sealed class LinkState
{
    private readonly Lock _gate = new();
    private DateTimeOffset? _connectedSince;
    private string? _lastError;
    private DateTimeOffset? _lastErrorTime;

    /// <summary>Since when a stream serves; why the last one did not, and when that was.</summary>
    public (DateTimeOffset? ConnectedSince, string? LastError, DateTimeOffset? LastErrorTime) Get()
    {
        lock (_gate)
        {
            return (_connectedSince, _lastError, _lastErrorTime);
        }
    }

    public void Connected(DateTimeOffset since)
    {
        lock (_gate)
        {
            (_connectedSince, _lastError, _lastErrorTime) = (since, null, null);
        }
    }

    public void Disconnected(DateTimeOffset when, string? error)
    {
        lock (_gate)
        {
            _connectedSince = null;
            if (error is not null)
            {
                (_lastError, _lastErrorTime) = (error, when);
            }
        }
    }
}
