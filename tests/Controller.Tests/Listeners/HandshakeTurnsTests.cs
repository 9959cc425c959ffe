using System.IO.Pipelines;
using HaiSoft.Controller.Listeners;
using HaiSoft.Testing.Clock;
using Microsoft.AspNetCore.Connections;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Listeners;

/// <summary>Handshakes take turns: who says nothing takes no place, and who dawdles keeps none.</summary>
public sealed class HandshakeTurnsTests : IDisposable
{
    private const int AtOnce = 64;
    private readonly SettableTime _time = new();
    private readonly HandshakeTurns _turns;
    private readonly List<int> _begun = [];

    public HandshakeTurnsTests() => _turns = new(_time);

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task Who_came_first_goes_first_and_the_others_wait()
    {
        Dialled[] all = [.. Enumerable.Range(0, AtOnce + 3).Select(number => Dial(number))];
        await SpeakAsync(all);
        _begun.Order().ShouldBe(Enumerable.Range(0, AtOnce));

        HandshakeTurns.End(all[5].Connection);
        HandshakeTurns.End(all[5].Connection);
        HandshakeTurns.End(all[7].Connection);
        await Task.WhenAll(all[AtOnce].Begun.Task, all[AtOnce + 1].Begun.Task).WaitAsync(TestContext.Current.CancellationToken);
        _begun.Order().ShouldBe(Enumerable.Range(0, AtOnce + 2));
    }

    [Fact]
    public async Task Who_says_nothing_takes_no_place_and_is_let_go()
    {
        Dialled[] silent = [.. Enumerable.Range(0, 10 * AtOnce).Select(number => Dial(number))];
        Dialled speaker = Dial(10 * AtOnce);
        await SpeakAsync(speaker);
        _begun.ShouldBe([10 * AtOnce]);

        _time.Advance(TimeSpan.FromSeconds(11));
        await Task.WhenAll(silent.Select(one => one.Served)).WaitAsync(TestContext.Current.CancellationToken);
        _begun.ShouldBe([10 * AtOnce]);
    }

    [Fact]
    public async Task Who_dawdles_keeps_no_place()
    {
        Dialled[] slow = [.. Enumerable.Range(0, AtOnce).Select(number => Dial(number))];
        Dialled next = Dial(AtOnce);
        await SpeakAsync([.. slow, next]);
        _begun.Count.ShouldBe(AtOnce);

        _time.Advance(TimeSpan.FromMilliseconds(101));
        await next.Begun.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_goes_away_while_he_waits_leaves_his_place_to_others()
    {
        Dialled[] all = [.. Enumerable.Range(0, AtOnce + 2).Select(number => Dial(number))];
        await SpeakAsync(all);

        await all[AtOnce].Gone.CancelAsync();
        await all[AtOnce].Served.WaitAsync(TestContext.Current.CancellationToken);
        HandshakeTurns.End(all[0].Connection);
        await all[AtOnce + 1].Begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        _begun.ShouldNotContain(AtOnce);
    }

    private static async Task SpeakAsync(params Dialled[] dialled)
    {
        foreach (Dialled one in dialled)
            await one.Client.WriteAsync(new byte[] { 22 }, TestContext.Current.CancellationToken);
    }

    // What follows the turn lasts until the test ends.
    private Dialled Dial(int number)
    {
        Pipe pipe = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        Dialled dialled = new(pipe.Writer);
        dialled.Connection.Transport = new DuplexPipe(pipe.Reader);
        dialled.Connection.ConnectionClosed = dialled.Gone.Token;
        dialled.Served = _turns.Begin(_ =>
        {
            lock (_begun)
                _begun.Add(number);
            dialled.Begun.SetResult();
            return new TaskCompletionSource().Task;
        })(dialled.Connection);
        return dialled;
    }

    private sealed class Dialled(PipeWriter client)
    {
        public PipeWriter Client { get; } = client;

        public DefaultConnectionContext Connection { get; } = new();

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Gone { get; } = new();

        public Task Served { get; set; } = Task.CompletedTask;
    }

    private sealed class DuplexPipe(PipeReader input) : IDuplexPipe
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output => throw new NotSupportedException();
    }
}
