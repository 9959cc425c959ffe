using System.Data.Common;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Testing.Clock;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What waits for the writer is committed in parts when it takes long: a database that is killed often gets on, and others get the gate.</summary>
public sealed class LongBatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transaction_ends_after_the_work_that_makes_it_long_and_the_rest_follows_in_order()
    {
        await using RunningController controller = RunningController.Start();
        AgentStream stream = new("01server", "01agent", LinkedAgent.Epoch, "", controller.Time.GetUtcNow(), Token);
        SlowWork[] works = [.. Enumerable.Range(0, 5).Select(_ => new SlowWork(stream, controller.Time))];
        IngestQueue queue = controller.Service<IngestQueue>();
        await controller.Service<WriteGate>().WriteAsync(
            async (_, _) =>
            {
                // The writer has this one and waits for the gate: those that follow are one batch.
                queue.Add(new SlowWork(stream, controller.Time));
                while (queue.Count > 0)
                    await Task.Yield();
                Array.ForEach(works, queue.Add);
            },
            Token);

        DbTransaction[] transactions = await Task.WhenAll(works.Select(work => work.Durable.Task)).WaitAsync(TimeSpan.FromSeconds(30), Token);

        transactions.GroupBy(transaction => transaction).Select(group => group.Count()).ShouldBe([2, 2, 1]);
        works.Select(work => work.At).ShouldBe(works.Select(work => work.At).Order());
    }

    private sealed class SlowWork(AgentStream stream, SettableTime time) : StreamWork(stream)
    {
        private DbTransaction? _transaction;

        public TaskCompletionSource<DbTransaction> Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset At { get; private set; }

        public override Task ApplyAsync(WriteSession session, CancellationToken cancellationToken)
        {
            _transaction = session.Transaction;
            time.Advance(TimeSpan.FromMilliseconds(150));
            At = time.GetUtcNow();
            return Task.CompletedTask;
        }

        public override void Tell() => Durable.SetResult(_transaction!);
    }
}
