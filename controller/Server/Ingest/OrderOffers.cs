using System.Collections.Concurrent;
using Google.Protobuf;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Sends servers their orders: when the last signature came, when the window opens, and again when the agent connects, until the
/// server has told of it. Never after the window; what nobody told of until then has expired.
/// </summary>
internal sealed partial class OrderOffers(
    OrderQueue queue, OrderRight right, AgentStreams streams, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<OrderOffers> logger)
    : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, string> _withheld = [];

    // Something was open for these when the controller started, or has been since: most servers that connect have no order.
    private readonly ConcurrentDictionary<string, bool> _concerned = new(StringComparer.Ordinal);
    private readonly CancellationToken _stopping = lifetime.ApplicationStopping;

    /// <summary>A server's agent has connected.</summary>
    public void Connected(string serverId)
    {
        if (_concerned.ContainsKey(serverId))
            _ = SendAsync(serverId, again: true);
    }

    /// <summary>An order for this server may be due, or is not wanted any more.</summary>
    public void Look(string serverId) => _ = SendAsync(serverId, again: false);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (string serverId in await queue.ServersWithOpenAsync(cancellationToken))
            _concerned[serverId] = true;
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Turn, time);
        do
        {
            try
            {
                await queue.ExpireAsync(stoppingToken);
                foreach (string serverId in (await queue.ServersWithDueAsync(stoppingToken)).Where(streams.IsConnected))
                    await SendAsync(serverId, again: false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Off the caller's thread. What fails here is tried again in the next turn, or with the agent's next stream.
    private async Task SendAsync(string serverId, bool again)
    {
        _concerned[serverId] = true;
        await Task.Yield();
        try
        {
            if (!streams.IsConnected(serverId) || !await right.MayReceiveOrdersAsync(serverId, _stopping))
                return;
            foreach (OperationRow row in await queue.CancelledAsync(serverId, _stopping))
                streams.Say(serverId, new() { CancelOrder = new() { OrderId = ByteString.CopyFrom(Convert.FromHexString(row.OrderId)) } });
            foreach (OperationRow row in await queue.DueAsync(serverId, again, _stopping))
                await SendAsync(serverId, row);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            Log.NotSent(logger, e, serverId);
        }
    }

    private async Task SendAsync(string serverId, OperationRow row)
    {
        (byte[]? envelope, string whyNot) = await queue.TakeAsync(row.OperationNumber, _stopping);
        string toldBefore = _withheld.GetValueOrDefault(row.OperationNumber, "");
        if (whyNot.Length > 0)
            _withheld[row.OperationNumber] = whyNot;
        else
            _withheld.TryRemove(row.OperationNumber, out _);
        if (envelope is not null)
            streams.Say(serverId, new ConnectResponse { Order = new() { Order = UnsafeByteOperations.UnsafeWrap(envelope) } });
        else if (whyNot.Length > 0 && whyNot != toldBefore)
            Log.Withheld(logger, row.OperationNumber, whyNot);
    }

    private static partial class Log
    {
        [LoggerMessage(1811, LogLevel.Error, "Looking for orders that are due failed; tried again in 5 s")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(1812, LogLevel.Error, "Orders for server {ServerId} could not be sent; tried again in 5 s, or when its agent connects")]
        public static partial void NotSent(ILogger logger, Exception exception, string serverId);

        [LoggerMessage(1813, LogLevel.Warning, "Operation {Number} is not sent, because its server would refuse it: {Why}")]
        public static partial void Withheld(ILogger logger, long number, string why);
    }
}
