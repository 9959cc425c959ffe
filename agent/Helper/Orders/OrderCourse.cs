using HaiSoft.Agent.Helper.CarryOut;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.Orders;

/// <summary>
/// Takes every order on from where its journal says that it is: after a crash as well as the first time. One order at a time is prepared
/// and carried out, the oldest first.
/// </summary>
internal sealed class OrderCourse(OrderJournal journal, OrderTaking taking, OrderPreparation preparation, IOrderStarter starter, TimeProvider time) : IDisposable
{
    // A process that was started needs so long to take the order's lock.
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(10);

    // As long as an order waits for the package manager's lock.
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _startedAt = [];
    private Task _turn = Task.CompletedTask;

    /// <summary>Goes on with what there is, unless it is under way.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_turn.IsCompleted && !_stop.IsCancellationRequested)
                _turn = Task.Run(() => TurnAsync(_stop.Token));
        }
    }

    /// <summary>Cancels an order whose intent is not recorded; afterwards it is too late.</summary>
    public void Cancel(HeldOrder order)
    {
        lock (_gate)
        {
            if (!order.HasEnded() && order.State() is OrderState.Received or OrderState.Verified or OrderState.Fetched)
                order.Append(new OrderStep { State = OrderState.Cancelled });
        }
    }

    /// <summary>Breaks off what is being prepared. What is carried out goes on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stop.Cancel();
        }

        _stop.Dispose();
    }

    private async Task TurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var order in journal.All().Where(order => !order.HasEnded()).OrderBy(order => order.State() >= OrderState.Intent ? 0 : 1))
                if (!await AdvanceAsync(order, cancellationToken))
                    return;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The job ends; the next one goes on.
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"haisoft-helper: {ex.Message}");
        }
    }

    // True when it has ended, and another may go on.
    private async Task<bool> AdvanceAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        if (order.State() is OrderState.Unspecified or OrderState.Received)
            Record(order, () => taking.Judge(order));
        if (order.State() is OrderState.Verified or OrderState.Fetched)
            await PrepareAsync(order, cancellationToken);
        if (order.State() is OrderState.Intent or OrderState.Running or OrderState.Unknown or OrderState.Rebooting && !order.HasEnded())
            await StartAsync(order, cancellationToken);
        return order.HasEnded();
    }

    private async Task PrepareAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        var step = IsWindowOver(order) ? WindowOver() : await preparation.PrepareAsync(order, cancellationToken);
        if (step.Failure == OrderFailure.Locked && time.GetUtcNow() - order.Entries()[^1].EntryTime.ToDateTimeOffset() < LockPatience)
            return;
        Record(order, () =>
        {
            if (step.State != OrderState.Fetched || order.State() != OrderState.Fetched)
                order.Append(step);
            if (order.State() == OrderState.Fetched)
                order.Append(new OrderStep { State = OrderState.Intent });
        });
    }

    private async Task StartAsync(HeldOrder order, CancellationToken cancellationToken)
    {
        using (var free = order.TryLock())
        {
            if (free is null || FileLock.IsHeld(new WorkFiles(order).Lock) || IsStarting(order))
                return;
            if (!order.IsStarted && IsWindowOver(order))
            {
                order.Append(WindowOver());
                return;
            }
        }

        _startedAt[order.Id] = time.GetTimestamp();
        await starter.StartAsync(order.Id, cancellationToken);
    }

    // Before the intent, whoever cancels and whoever goes on must not pass each other.
    private void Record(HeldOrder order, Action record)
    {
        lock (_gate)
        {
            if (!order.HasEnded())
                record();
        }
    }

    private bool IsStarting(HeldOrder order) => _startedAt.TryGetValue(order.Id, out var at) && time.GetElapsedTime(at) < StartsWithin;

    private bool IsWindowOver(HeldOrder order) => time.GetUtcNow() >= order.Content.WindowEndTime.ToDateTimeOffset();

    private static OrderStep WindowOver() =>
        new() { State = OrderState.Failed, Failure = OrderFailure.WindowOver, Detail = "The order's window was over before it could be begun." };
}
