using System.Net.Sockets;
using Google.Protobuf;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>Serves those who may ask, one request after the other on each connection, and ends when nobody asks.</summary>
internal sealed class HelperServer(
    Socket listener,
    IReadOnlySet<uint> allowedUsers,
    IRequestDesk desk,
    TimeSpan idleLimit,
    TimeProvider time)
{
    private const int MaximumConnections = 4;

    // A peer that says nothing for so long is not kept: it would keep the helper alive.
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    private readonly HashSet<Task> _connections = [];

    /// <summary>Ends when told to, or after the idle limit without a connection.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stopped = Task.Delay(Timeout.Infinite, ended.Token);
        var accept = listener.AcceptAsync(ended.Token).AsTask();
        while (true)
        {
            var idle = _connections.Count == 0 ? Task.Delay(idleLimit, time, ended.Token) : stopped;
            var first = await Task.WhenAny([accept, idle, .. _connections]);
            _connections.RemoveWhere(connection => connection.IsCompleted);
            if (cancellationToken.IsCancellationRequested || (first == idle && !accept.IsCompleted))
                break;
            if (!accept.IsCompleted)
                continue;
            if (accept.IsCompletedSuccessfully)
                Welcome(await accept, ended.Token);
            accept = listener.AcceptAsync(ended.Token).AsTask();
        }

        await ended.CancelAsync();
        await Task.WhenAll(_connections);
    }

    private void Welcome(Socket peer, CancellationToken cancellationToken)
    {
        if (_connections.Count >= MaximumConnections || PeerCredentials.UserOf(peer) is not { } user || !allowedUsers.Contains(user))
            peer.Dispose();
        else
            _connections.Add(ConverseAsync(peer, cancellationToken));
    }

    private async Task ConverseAsync(Socket peer, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new NetworkStream(peer, ownsSocket: true);
            while (await NextAsync(stream, cancellationToken) is { } request)
                await MessageFrame.WriteAsync(stream, await AnswerAsync(request, cancellationToken), cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or SocketException or InvalidDataException or OperationCanceledException or InvalidProtocolBufferException)
        {
            // The peer went away, or speaks something else: its connection is closed, the others go on.
        }
    }

    private async Task<byte[]?> NextAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(SilenceLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        return await MessageFrame.ReadAsync(stream, desk.MaximumRequestBytes, either.Token);
    }

    private Task<HelperResponse> AnswerAsync(byte[] bytes, CancellationToken cancellationToken) =>
        desk.AnswerAsync(HelperRequest.Parser.ParseFrom(bytes), cancellationToken);
}
