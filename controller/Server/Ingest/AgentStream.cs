using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>One open stream of an agent, as the rest of the controller sees it.</summary>
internal sealed class AgentStream : IDisposable
{
    private readonly CancellationTokenSource _ended;
    private int _unacknowledgedBytes;
    private int _works;
    private long _lastReportTicks;
    private TaskCompletionSource? _settled;

    /// <summary>A stream that has said Hello.</summary>
    /// <param name="serverId">The server.</param>
    /// <param name="agentId">The agent, by its certificate.</param>
    /// <param name="epoch">The spool's epoch.</param>
    /// <param name="run">The run of the agent that speaks.</param>
    /// <param name="openedAt">When it was opened.</param>
    /// <param name="aborted">Cancelled when the connection is gone.</param>
    public AgentStream(string serverId, string agentId, string epoch, string run, DateTimeOffset openedAt, CancellationToken aborted)
    {
        ServerId = serverId;
        AgentId = agentId;
        Epoch = epoch;
        Run = run;
        OpenedAt = openedAt;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(aborted);
    }

    public string ServerId { get; }

    public string AgentId { get; }

    public string Epoch { get; }

    /// <summary>Which run of the agent speaks: two at a time are two agents.</summary>
    public string Run { get; }

    public DateTimeOffset OpenedAt { get; }

    /// <summary>Its spool is a copy of one that another agent reports from: it must begin a new epoch first.</summary>
    public bool IsTwin { get; set; }

    /// <summary>What is said to the agent.</summary>
    public StreamVoice Voice { get; } = new();

    /// <summary>What the writer has to do for it.</summary>
    public WorkList Waiting { get; } = new();

    /// <summary>How far its spool is durable; set by its Hello.</summary>
    public SpoolPosition? Position { get; set; }

    /// <summary>The highest sequence that came on it.</summary>
    public long LastSequence { get; set; }

    /// <summary>What its server's clock is off by now, when it was set since the Hello. Touched by the writer alone.</summary>
    public TimeSpan? ClockOffset { get; set; }

    /// <summary>The agent was asked for its whole state on this stream.</summary>
    public bool ResyncAsked { get; set; }

    /// <summary>When the last report that became durable had come; absent before the first.</summary>
    public DateTimeOffset? LastReportAt
    {
        get => Volatile.Read(ref _lastReportTicks) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;
        set => Volatile.Write(ref _lastReportTicks, value?.UtcTicks ?? 0);
    }

    /// <summary>The same as the database knows it.</summary>
    public DateTimeOffset? NotedReportAt { get; set; }

    /// <summary>Reports that came on it could not be stored: what follows them waits for the next stream, which begins with them.</summary>
    public bool LostReports { get; set; }

    /// <summary>How the controller ended it; absent while it did not.</summary>
    public Status? EndedWith { get; private set; }

    /// <summary>Cancelled when the controller ends the stream, or the connection is gone.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Bytes of reports that were taken and are not durable yet.</summary>
    public int UnacknowledgedBytes => Volatile.Read(ref _unacknowledgedBytes);

    /// <summary>Says something. An agent that does not listen is cut off: it comes back and is told again.</summary>
    public void Say(ConnectResponse response)
    {
        if (!Voice.Say(response))
            End(new(StatusCode.ResourceExhausted, "The agent does not read what the controller says; dial again."));
    }

    /// <summary>Work was handed over that holds so many bytes.</summary>
    public void Begin(int bytes)
    {
        Interlocked.Add(ref _unacknowledgedBytes, bytes);
        Interlocked.Increment(ref _works);
    }

    /// <summary>Such work is done, or given up.</summary>
    public void Finish(int bytes)
    {
        Interlocked.Add(ref _unacknowledgedBytes, -bytes);
        if (Interlocked.Decrement(ref _works) == 0)
            Volatile.Read(ref _settled)?.TrySetResult();
    }

    /// <summary>Waits until all work that was handed over is done.</summary>
    public Task SettledAsync()
    {
        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _settled, settled);
        if (Volatile.Read(ref _works) == 0)
            settled.TrySetResult();
        return settled.Task.WaitAsync(Ended);
    }

    /// <summary>Ends it at once; the first reason stays.</summary>
    public void End(Status status)
    {
        EndedWith ??= status;
        Cancel();
    }

    /// <summary>Nothing more is said, not even what waits to be.</summary>
    public void Silence()
    {
        Voice.Close();
        Cancel();
    }

    public void Dispose() => _ended.Dispose();

    private void Cancel()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the meantime.
        }
    }
}
