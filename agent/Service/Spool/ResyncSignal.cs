namespace HaiSoft.Agent.Spool;

/// <summary>
/// Asks every sensor to report its whole state again: the controller lacks records (DESIGN 3). A sensor waits on it
/// beside its own timer.
/// </summary>
internal sealed class ResyncSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the next resync is asked for. Take it before the work, so that none is missed during it.</summary>
    public Task Next
    {
        get
        {
            lock (_gate)
            {
                return _raised.Task;
            }
        }
    }

    /// <summary>Asks.</summary>
    public void Raise()
    {
        TaskCompletionSource raised;
        lock (_gate)
        {
            raised = _raised;
            _raised = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        raised.SetResult();
    }
}
