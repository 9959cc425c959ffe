namespace HaiSoft.Agent.Identity;

/// <summary>The identity that holds now. Renewal replaces it while the agent runs.</summary>
internal sealed class CurrentIdentity(AgentIdentity first)
{
    private readonly Lock _gate = new();
    private AgentIdentity _value = first;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The identity, and a task that ends when another takes its place.</summary>
    public (AgentIdentity Identity, Task Changed) Get()
    {
        lock (_gate)
        {
            return (_value, _changed.Task);
        }
    }

    /// <summary>Takes a new one.</summary>
    public void Set(AgentIdentity identity)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _value = identity;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
