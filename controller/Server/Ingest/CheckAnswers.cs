using System.Collections.Concurrent;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Matches the answers of agents to checks that technicians asked for.</summary>
internal sealed class CheckAnswers
{
    private readonly ConcurrentDictionary<(string ServerId, string RequestId), TaskCompletionSource<CheckAnswer>> _waiting = [];

    /// <summary>An answer to come; ends with it, or is given up by disposing the returned wait.</summary>
    public Wait Expect(string serverId, string requestId)
    {
        TaskCompletionSource<CheckAnswer> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[(serverId, requestId)] = source;
        return new(source.Task, () => _waiting.TryRemove((serverId, requestId), out _));
    }

    /// <summary>An answer came; one that nobody waits for any more is dropped.</summary>
    public void Take(string serverId, CheckAnswer answer)
    {
        if (_waiting.TryRemove((serverId, answer.RequestId), out TaskCompletionSource<CheckAnswer>? source))
            source.TrySetResult(answer);
    }

    /// <summary>Waits for one answer.</summary>
    internal sealed class Wait(Task<CheckAnswer> answer, Action giveUp) : IDisposable
    {
        public Task<CheckAnswer> Answer { get; } = answer;

        public void Dispose() => giveUp();
    }
}
