using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>Who is written when.</summary>
public sealed class IngestQueueTests : IDisposable
{
    private const int Batch = 1000;
    private readonly IngestQueue _queue = new();
    private readonly List<AgentStream> _streams = [];

    public void Dispose() => _streams.ForEach(stream => stream.Dispose());

    [Fact]
    public void A_stream_with_a_fault_goes_before_those_that_bring_measurements_and_stays_in_order()
    {
        AgentStream first = Stream();
        AgentStream second = Stream();
        Work[] calm = Add(first, 3, urgent: false);
        Work[] before = Add(second, 2, urgent: false);
        Work[] fault = Add(second, 1, urgent: true);

        Take().ShouldBe([.. before, .. fault, .. calm]);
    }

    [Fact]
    public void Agents_that_tell_of_faults_without_end_leave_a_part_of_each_batch_to_the_others()
    {
        AgentStream[] noisy = [.. Enumerable.Range(0, 20).Select(_ => Stream())];
        foreach (AgentStream stream in noisy)
            Add(stream, 10 * Batch, urgent: true);
        Work[] calm = Add(Stream(), Batch / 10, urgent: false);

        List<StreamWork> batch = Take();

        batch.Intersect(calm).ShouldBe(calm);
        batch.Count.ShouldBeInRange(Batch, Batch + 256);
        batch.GroupBy(work => work.Stream).Count().ShouldBeGreaterThan(5, "each has its turn");
    }

    [Fact]
    public void What_nobody_else_needs_of_a_batch_is_for_those_that_go_first_and_the_other_way_round()
    {
        Work[] faults = Add(Stream(), Batch, urgent: true);
        Take().ShouldBe(faults);

        Work[] calm = Add(Stream(), Batch, urgent: false);
        Take().ShouldBe(calm);
    }

    [Fact]
    public void A_stream_that_began_to_go_first_while_it_waited_is_served_once()
    {
        AgentStream stream = Stream();
        Work[] all = [.. Add(stream, 1, urgent: false), .. Add(stream, 1, urgent: true)];
        Take().ShouldBe(all);
        Take().ShouldBeEmpty();
        _queue.Count.ShouldBe(0);
    }

    private AgentStream Stream()
    {
        string number = $"{_streams.Count:d2}";
        _streams.Add(new(number, number, LinkedAgent.Epoch, "", DateTimeOffset.UnixEpoch, CancellationToken.None));
        return _streams[^1];
    }

    private Work[] Add(AgentStream stream, int count, bool urgent)
    {
        Work[] works = [.. Enumerable.Range(0, count).Select(_ => new Work(stream, urgent))];
        Array.ForEach(works, _queue.Add);
        return works;
    }

    private List<StreamWork> Take()
    {
        List<StreamWork> batch = [];
        _queue.Take(batch, Batch);
        return batch;
    }

    private sealed class Work(AgentStream stream, bool urgent) : StreamWork(stream)
    {
        public override bool GoesFirst => urgent;

        public override Task ApplyAsync(WriteSession session, CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Tell()
        {
        }
    }
}
