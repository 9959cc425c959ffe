using System.Collections.Concurrent;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Operations;

/// <summary>
/// Hands orders and their cancellations on to the helper, again until it answers, and reports each entry of its journal: at start, on a
/// resync, and each second while an order has not ended.
/// </summary>
internal sealed partial class OrderKeeper(OrdersClient helper, ToldEntries told, AgentClock clock, Outbox outbox, ResyncSignal resync, ILogger<OrderKeeper> logger)
    : BackgroundService
{
    private const int MostWaiting = 100;
    private static readonly TimeSpan WhileWorking = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    // An order may be ended by a boot of the server at which the agent came first.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(15);

    private readonly ChangeSignal _wake = new(clock.Time);
    private readonly ConcurrentQueue<OrderOffer> _orders = new();
    private readonly ConcurrentQueue<OrderCancellation> _cancellations = new();
    private bool _isDown;

    /// <summary>Takes an order of the controller's; soon, not now. Beyond a hundred that wait it is the controller's to say it again.</summary>
    public void Take(OrderOffer order) => Take(_orders, order);

    /// <summary>Takes a cancellation of the controller's; soon, not now.</summary>
    public void Take(OrderCancellation cancellation) => Take(_cancellations, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                Task again = resync.Next;
                TimeSpan pause = await TurnAsync(stoppingToken);
                Keep();
                await WaitAsync(pause, again, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
                if (again.IsCompleted)
                {
                    told.Forget();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon ends.
        }
    }

    private void Take<T>(ConcurrentQueue<T> waiting, T message)
        where T : class
    {
        if (waiting.Count < MostWaiting && !waiting.Contains(message))
        {
            waiting.Enqueue(message);
        }

        _wake.Raise();
    }

    private async Task WaitAsync(TimeSpan pause, Task again, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_wake.WaitAsync(pause, over.Token), again);
        await over.CancelAsync();
    }

    private async Task<TimeSpan> TurnAsync(CancellationToken cancellationToken)
    {
        // What is cancelled before it was handed over is handed over all the same: its cancellation is told of it then.
        bool isHandedOver = await HandOverAsync(_orders, helper.CarryOutAsync, cancellationToken)
            && await HandOverAsync(_cancellations, helper.CancelAsync, cancellationToken);
        while (isHandedOver)
        {
            if (Hear(await helper.ReadAsync(told.Places, cancellationToken)) is not { } answer)
            {
                return AskAgain;
            }

            told.KeepOnly(answer.HeldOrderIds);
            if (!answer.More)
            {
                return answer.Working || !outbox.IsSettled ? WhileWorking : LookInterval;
            }
        }

        return AskAgain;
    }

    private async Task<bool> HandOverAsync<T>(
        ConcurrentQueue<T> waiting, Func<T, CancellationToken, Task<Reading<JournalAnswer>>> handOver, CancellationToken cancellationToken)
    {
        while (waiting.TryPeek(out T? message))
        {
            if (Hear(await handOver(message, cancellationToken)) is null)
            {
                return false;
            }

            waiting.TryDequeue(out _);
        }

        return true;
    }

    private JournalAnswer? Hear(Reading<JournalAnswer> reading)
    {
        switch (reading)
        {
            case Measured<JournalAnswer> { Value: var answer }:
                _isDown = false;
                foreach (OrderReport entry in answer.Entries)
                {
                    Tell(entry);
                }

                return answer;
            case Unavailable<JournalAnswer> { Why.Detail: var why } when !_isDown:
                Log.HelperDown(logger, why);
                _isDown = true;
                return null;
            default:
                return null;
        }
    }

    private void Tell(OrderReport entry)
    {
        if (entry.Entry == 0)
        {
            Log.NotTaken(logger, Convert.ToHexStringLower(entry.OrderId.Span), entry.Step?.Detail ?? "");
        }
        else if (told.TryAdd(entry.OrderId, entry.Entry))
        {
            outbox.Submit(new OrderEntryObserved(clock.Now(), entry), entry.Step is null ? Priority.Ordinary : Priority.Urgent);
        }
    }

    private void Keep()
    {
        try
        {
            if (outbox.IsSettled)
            {
                told.Keep();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6011, LogLevel.Warning, "The helper takes no orders; asking again every 30 s: {Reason}")]
        public static partial void HelperDown(ILogger logger, string reason);

        [LoggerMessage(6012, LogLevel.Warning, "The order {OrderId} was not taken: {Reason}")]
        public static partial void NotTaken(ILogger logger, string orderId, string reason);

        [LoggerMessage(6013, LogLevel.Warning, "What was told of orders cannot be noted, and is told again after a restart: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
