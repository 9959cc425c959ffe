using System.Collections.Concurrent;

namespace HaiSoft.Controller.Ingest;

/// <summary>Matches the answers of agents to what was asked of them: checks, plans.</summary>
internal sealed class AwaitedAnswers<T>
    where T : class
{
    private readonly ConcurrentDictionary<(string ServerId, string RequestId), TaskCompletionSource<T>> _waiting = [];

    /// <summary>An answer to come; ends with it, or is given up by disposing the returned wait.</summary>
    public Wait Expect(string serverId, string requestId)
    {
        TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[(serverId, requestId)] = source;
        return new(source.Task, () => _waiting.TryRemove((serverId, requestId), out _));
    }

    /// <summary>An answer came; one that nobody waits for any more is dropped.</summary>
    public void Take(string serverId, string requestId, T answer)
    {
        if (_waiting.TryRemove((serverId, requestId), out TaskCompletionSource<T>? source))
            source.TrySetResult(answer);
    }

    /// <summary>Waits for one answer.</summary>
    internal sealed class Wait(Task<T> answer, Action giveUp) : IDisposable
    {
        public Task<T> Answer { get; } = answer;

        public void Dispose() => giveUp();
    }
}
