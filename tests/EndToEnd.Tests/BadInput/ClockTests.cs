using System.Text.Json.Nodes;
using HaiSoft.EndToEnd.Tests.Crash;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.BadInput;

/// <summary>A server whose clock is a day off is watched all the same: it is told to its installer and to technicians, and detection is right.</summary>
public sealed class ClockTests(EnrolmentDesk desk) : IClassFixture<EnrolmentDesk>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+1d", "ahead")]
    [InlineData("-1d", "behind")]
    public async Task A_clock_a_day_off_is_told_and_a_fault_is_dated_right(string off, string direction)
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        Assert.SkipWhen(FalseClock.WhyNot() is not null, FalseClock.WhyNot() ?? "");
        var begun = TimeProvider.System.GetUtcNow();
        var configuration = new JsonObject { ["services"] = new JsonObject { ["repeatAfter"] = "2s" } };
        await using var agent = await AgentProgram.StartAsync(desk.Network.Controller, desk.Controller, $"clock-{direction}", configuration, off, Stop);

        agent.Enrolled!.Error.ShouldSatisfyAllConditions(
            said => said.ShouldContain(direction),
            said => said.ShouldContain("Set it (timedatectl"));

        using var technician = desk.Controller.Technician();
        await using var rounds = new RoundsOnDemand(technician, agent.Server);
        var incident = await Eventually.SeeAsync(
            "the incident about a port that nobody listens on",
            Patience,
            async () => (await technician.IncidentsOfAsync(agent.Server, Stop)).FirstOrDefault(open => open.Title.Contains('9', StringComparison.Ordinal)),
            Stop);

        incident.DetectedTime.ToDateTimeOffset().ShouldBeInRange(begun, TimeProvider.System.GetUtcNow());
        (await technician.ServerAsync(agent.Server, Stop)).Server.Warnings
            .ShouldContain(warning => warning.Contains($"1 d 0 h {direction}", StringComparison.Ordinal) && warning.Contains("Set it (NTP)", StringComparison.Ordinal));
    }
}
