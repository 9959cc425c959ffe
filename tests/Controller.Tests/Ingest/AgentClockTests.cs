using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Ingest;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What an agent's clocks are worth.</summary>
public sealed class AgentClockTests
{
    private const string Boot = "6f1d2c3b-0000-4000-8000-000000000001";
    private static readonly DateTimeOffset Received = new(2026, 3, 29, 0, 30, 0, TimeSpan.Zero);
    private static readonly AgentClock Clock = new(Received, Received, TimeSpan.FromHours(5), Boot);

    [Fact]
    public void A_moment_that_cannot_have_been_yet_orders_nothing()
    {
        CorrectedTime far = Clock.Correct(Received, TimeSpan.FromDays(3000), Boot, Received);
        CorrectedTime slowHello = Clock.Correct(Received, TimeSpan.FromHours(5) + TimeSpan.FromMinutes(1), Boot, Received);

        far.Moment.ShouldBeNull();
        slowHello.Moment.ShouldBe(new(Boot, TimeSpan.FromHours(5) + TimeSpan.FromMinutes(1)));
        slowHello.At.ShouldBe(Received);
    }

    [Fact]
    public void Without_a_time_since_boot_there_is_no_moment() =>
        Clock.Correct(Received, uptime: null, Boot, Received).Moment.ShouldBeNull();
}
