using Grpc.Core;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>A Hello that waits to be noted: those of agents that come back together share a transaction.</summary>
internal sealed class HelloWork(AgentStream stream, Hello hello, AgentClock clock, Handshake handshake) : StreamWork(stream)
{
    private readonly TaskCompletionSource<Accepted> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Accepted? _accepted;

    /// <summary>Ends when it is durable.</summary>
    /// <exception cref="RpcException">The server is not in the records, or the Hello could not be stored.</exception>
    public Task<Accepted> Accepted => _told.Task;

    public override async Task ApplyAsync(WriteSession session, CancellationToken cancellationToken) =>
        _accepted = await handshake.AcceptAsync(session, Stream, hello, clock, cancellationToken);

    public override void Tell()
    {
        if (_accepted is { } accepted)
            _told.TrySetResult(accepted);
        else
            _told.TrySetException(new RpcException(new(StatusCode.PermissionDenied, "This agent's server is not in the records any more.")));
    }

    public override void GiveUp(Exception reason) =>
        _told.TrySetException(new RpcException(new(StatusCode.Internal, "The controller could not note this stream; its log says why. Dial again.")));
}

/// <summary>The end of a stream that waits to be noted.</summary>
internal sealed class FarewellWork(AgentStream stream, DateTimeOffset connectedAt, Handshake handshake) : StreamWork(stream)
{
    public override bool GoesFirst => false;

    public override Task ApplyAsync(WriteSession session, CancellationToken cancellationToken)
    {
        handshake.Close(session, Stream, connectedAt);
        return Task.CompletedTask;
    }

    public override void Tell() => handshake.Release(Stream);

    public override void GiveUp(Exception reason) => handshake.Release(Stream);
}
