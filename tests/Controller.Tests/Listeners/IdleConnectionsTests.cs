using HaiSoft.Controller.Listeners;
using HaiSoft.Testing.Clock;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Listeners;

/// <summary>Of idle connections those of strangers are bounded at once, those of agents after a time.</summary>
public sealed class IdleConnectionsTests : IDisposable
{
    private const int Most = 16;
    private readonly SettableTime _time = new();
    private readonly IdleConnections _idle;

    public IdleConnectionsTests() => _idle = new(Options.Create(new ListenerOptions { IdleConnections = Most }), _time);

    public void Dispose() => _idle.Dispose();

    [Fact]
    public void Of_strangers_those_that_were_idle_longest_are_closed_at_once()
    {
        Connection[] strangers = [.. Enumerable.Range(0, 100).Select(_ => Open(agent: null))];
        Closed(strangers).ShouldBe(strangers[..^Most]);
        _idle.Count.ShouldBe(Most);
    }

    [Fact]
    public void A_fleet_that_comes_back_together_is_given_time_and_crowds_nobody_out()
    {
        Connection stranger = Open(agent: null);
        Connection[] agents = [.. Enumerable.Range(0, 100).Select(number => Open($"agent-{number}"))];
        _time.Advance(IdleConnections.Given - TimeSpan.FromSeconds(1));
        Closed([stranger, .. agents]).ShouldBeEmpty();
    }

    [Fact]
    public void Agents_that_ask_nothing_for_long_count_like_anybody()
    {
        Connection[] agents = [.. Enumerable.Range(0, 100).Select(number => Open($"agent-{number}"))];
        _time.Advance(2 * IdleConnections.Given);
        Closed(agents).ShouldBe(agents[..^Most]);
        _idle.Count.ShouldBe(Most);
    }

    [Fact]
    public void One_agent_has_a_few_whatever_it_dials()
    {
        Connection other = Open("agent-2");
        Connection[] dialled = [.. Enumerable.Range(0, 100).Select(_ => Open("agent-1"))];
        Closed([other, .. dialled]).ShouldBe(dialled[..^IdleConnections.MostOfAgent]);

        _time.Advance(2 * IdleConnections.Given);
        Connection[] again = [.. Enumerable.Range(0, 5).Select(_ => Open("agent-1"))];
        Closed([other, .. dialled[^IdleConnections.MostOfAgent..], .. again]).ShouldBe(again[..^IdleConnections.MostOfAgent]);
    }

    private static Connection[] Closed(Connection[] connections) =>
        [.. connections.Where(connection => connection.IsClosed)];

    // Nothing is asked on it, and it stays open.
    private Connection Open(string? agent)
    {
        Connection connection = new();
        _ = _idle.Watch(_ => new TaskCompletionSource().Task, _ => agent)(connection);
        return connection;
    }

    private sealed class Connection : DefaultConnectionContext
    {
        public bool IsClosed { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsClosed = true;
    }
}
