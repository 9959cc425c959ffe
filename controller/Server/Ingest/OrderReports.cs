using System.Text;
using Google.Protobuf;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Takes in what a server tells of its orders: entries of its journal, each once, whatever the order in which they come. Where the
/// operation stands is what its latest step says.
/// </summary>
internal sealed partial class OrderReports(OperationStory story, RolloutProgress rollouts, OperationChanges changes, ILogger<OrderReports> logger)
{
    // More than an operation on a hundred packages tells; beyond it only a step that leads on is kept, so that the end is told.
    private const long MostEntries = 20_000;

    /// <summary>Takes in an entry; one of an order that is not this server's is not stored.</summary>
    public async Task TakeAsync(WriteSession session, string serverId, OrderReport report, CancellationToken cancellationToken)
    {
        string orderId = Convert.ToHexStringLower(report.OrderId.Span);
        OperationRow? row = await session.Db.Set<OperationRow>().SingleOrDefaultAsync(
            operation => operation.OrderId == orderId && operation.ServerId == serverId, cancellationToken);
        if (row is null)
        {
            ServerWarnings.Set(
                session, serverId, ServerWarnings.ForeignOrder, $"The server tells of an order that is not its own ({orderId}); that is not stored");
            Log.Foreign(logger, serverId, orderId);
            return;
        }

        if (await WasTakenAsync(session, row, report, cancellationToken))
            return;
        bool ledOn = report.Step is { } step && report.Entry > row.LastStepEntry && await TakeAsync(session, row, report.Entry, step, cancellationToken);
        if (!ledOn && report.Entry > MostEntries)
        {
            Log.TooMany(logger, row.OperationNumber, report.Entry);
            return;
        }

        Add(session, row, report);
        await session.Db.SaveChangesAsync(cancellationToken);
        session.AfterCommit(() => changes.Touch(row.OperationNumber, serverId));
    }

    private static Task<bool> WasTakenAsync(WriteSession session, OperationRow row, OrderReport report, CancellationToken cancellationToken) =>
        session.Db.Set<OperationEntryRow>().AnyAsync(
            entry => entry.OperationNumber == row.OperationNumber && entry.Entry == report.Entry, cancellationToken);

    private static void Add(WriteSession session, OperationRow row, OrderReport report)
    {
        OrderReport kept = report.Output is { } output ? WithRoom(report, output, row) : report;
        session.Db.Add(new OperationEntryRow
        {
            OperationNumber = row.OperationNumber,
            Entry = report.Entry,
            IsOutput = report.Output is not null,
            ReceivedTime = session.Now,
            Content = kept.ToByteArray(),
        });
    }

    // The agent keeps no more itself; whoever sends more has what is too much cut off.
    private static OrderReport WithRoom(OrderReport report, OrderOutput output, OperationRow row)
    {
        long room = OrderFaults.MostOutputBytes - row.OutputBytes;
        int bytes = Encoding.UTF8.GetByteCount(output.Text);
        row.OutputBytes += Math.Min(room, bytes);
        if (bytes <= room)
            return report;
        OrderReport cut = report.Clone();
        cut.Output.Text = "";
        cut.Output.Cut = true;
        row.OutputBytes = OrderFaults.MostOutputBytes;
        return cut;
    }

    /// <returns>It is part of the story.</returns>
    private async Task<bool> TakeAsync(WriteSession session, OperationRow row, long entry, OrderStep step, CancellationToken cancellationToken)
    {
        row.LastStepEntry = entry;
        string words = WordsOf(step);
        // Whatever a server calls it: no next wave where a service that ran does not.
        if (step.State == OrderState.Succeeded && step.Outcome?.Units.FirstOrDefault(unit => unit.RanBefore && !unit.RunsNow) is { } down
            && OperationLife.After(row.State, OperationStep.Succeed, OperationParty.Server) is not null)
            await rollouts.HoldAsync(session, row, $"{down.Unit} does not run", cancellationToken);
        if (!await story.TakeAsync(session, row, StepOf(step.State), words, OperationActor.Server, cancellationToken))
        {
            if (await OperationStory.SettledAsync(session.Db, row.OperationNumber, cancellationToken))
                return await TakeLaterAsync(session, row, step, words, cancellationToken);
            Log.DoesNotFollow(logger, row.OperationNumber, step.State, row.State);
            return false;
        }

        if (OperationLife.IsToBeReviewed(row.State))
        {
            ServerWarnings.Set(
                session, row.ServerId, ServerWarnings.Operation(row.OperationNumber), $"Operation {row.OperationNumber} ended as {row.State}: {words}");
        }
        else if (row.State == OperationState.Reconciled)
        {
            ServerWarnings.SetOrClear(session, row.ServerId, ServerWarnings.Operation(row.OperationNumber), text: null);
        }

        return true;
    }

    // It stays as the technician found it, and somebody looks again.
    private async Task<bool> TakeLaterAsync(WriteSession session, OperationRow row, OrderStep step, string words, CancellationToken cancellationToken)
    {
        row.ReviewDueTime = session.Now + OperationStory.ReviewWithin;
        await story.AddAsync(session, row, StepOf(step.State), words, OperationActor.Server, cancellationToken);
        string told = words.Length > 0 ? $"{step.State}: {words}" : step.State.ToString();
        ServerWarnings.Set(
            session, row.ServerId, ServerWarnings.Operation(row.OperationNumber), $"Operation {row.OperationNumber}, which a technician settled as {row.State}, was told of afterwards as {told}");
        return true;
    }

    private static string WordsOf(OrderStep step)
    {
        string reason = step.Refusal != TrustRefusal.Unspecified ? step.Refusal.ToString()
            : step.Failure != OrderFailure.Unspecified ? step.Failure.ToString()
            : "";
        return reason.Length > 0 && step.Detail.Length > 0 ? $"{reason}: {step.Detail}" : reason + step.Detail;
    }

    private static OperationStep StepOf(OrderState state) => state switch
    {
        OrderState.Received => OperationStep.Receive,
        OrderState.Refused => OperationStep.Refuse,
        OrderState.Verified => OperationStep.Verify,
        OrderState.Fetched => OperationStep.Fetch,
        OrderState.Intent => OperationStep.Intend,
        OrderState.Running => OperationStep.Run,
        OrderState.Succeeded => OperationStep.Succeed,
        OrderState.Failed => OperationStep.Fail,
        OrderState.Unknown => OperationStep.BreakOff,
        OrderState.Reconciled => OperationStep.Reconcile,
        OrderState.Cancelled => OperationStep.Cancel,
        OrderState.Rebooting => OperationStep.Reboot,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static partial class Log
    {
        [LoggerMessage(1801, LogLevel.Warning, "Server {ServerId} tells of order {OrderId}, which is not its own; it is not stored")]
        public static partial void Foreign(ILogger logger, string serverId, string orderId);

        [LoggerMessage(1802, LogLevel.Warning, "Operation {Number}: its server tells {Told}, which does not follow on {State}; it changes nothing")]
        public static partial void DoesNotFollow(ILogger logger, long number, OrderState told, OperationState state);

        [LoggerMessage(1803, LogLevel.Debug, "Operation {Number}: entry {Entry} of its journal is more than is kept")]
        public static partial void TooMany(ILogger logger, long number, long entry);
    }
}
