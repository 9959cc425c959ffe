using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What was committed is told once: a stream that cannot be told is nobody else's matter.</summary>
public sealed class ToldOnceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_work_that_cannot_be_told_ends_its_stream_and_none_beside_it_is_done_or_told_again()
    {
        await using RunningController controller = RunningController.Start();
        using AgentStream good = Stream(controller, "01good");
        using AgentStream broken = Stream(controller, "02broken");
        CountedWork first = new(good);
        CountedWork last = new(broken) { Throws = true };
        await controller.Service<WriteGate>().WriteAsync(
            async (_, token) =>
            {
                IngestQueue queue = controller.Service<IngestQueue>();
                // The writer has this one and waits for the gate: those that follow are one batch.
                queue.Add(new CountedWork(good));
                while (queue.Count > 0)
                    await Task.Yield();
                queue.Add(first);
                queue.Add(last);
            },
            Token);

        await last.Told.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        CountedWork behind = new(good);
        controller.Service<IngestQueue>().Add(behind);
        await behind.Told.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

        (first.Applied, first.Tellings, last.Applied, last.Tellings).ShouldBe((1, 1, 1, 1));
        good.EndedWith.ShouldBeNull();
        broken.EndedWith.ShouldNotBeNull();
    }

    private static AgentStream Stream(RunningController controller, string serverId) =>
        new(serverId, "01agent", LinkedAgent.Epoch, "", controller.Time.GetUtcNow(), Token);

    private sealed class CountedWork(AgentStream stream) : StreamWork(stream)
    {
        public bool Throws { get; init; }

        public int Applied { get; private set; }

        public int Tellings { get; private set; }

        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task ApplyAsync(WriteSession session, CancellationToken cancellationToken)
        {
            Applied++;
            return Task.CompletedTask;
        }

        public override void Tell()
        {
            Tellings++;
            Told.TrySetResult();
            if (Throws)
                throw new InvalidOperationException("It cannot be told.");
        }
    }
}
