using System.Globalization;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Packaging;

public sealed class HardeningTests
{
    /// <summary>systemd's own score of what a service could do, from 0 (nothing) to 10 (everything).</summary>
    [Theory]
    [InlineData("haisoft-agent.service", 1.5)]
    [InlineData("haisoft-helper.service", 2.5)]
    [InlineData("haisoft-plan.service", 2.0)]
    [InlineData("haisoft-run.service", 2.0)]
    public async Task A_packaged_service_stays_below_its_exposure_limit(string unit, double limit)
    {
        Assert.SkipWhen(Tool.Find("systemd-analyze") is null, "systemd-analyze is not installed.");
        var threshold = string.Create(CultureInfo.InvariantCulture, $"--threshold={limit * 10:0}");

        var score = await Tool.RunAsync(
            "systemd-analyze",
            ["security", "--offline=true", "--no-pager", threshold, RepositoryFolder.In("agent", "Packaging", "systemd", unit)],
            TestContext.Current.CancellationToken);

        score.ExitCode.ShouldBe(0, score.Output);
    }

    [Theory]
    [InlineData("haisoft-agent.service")]
    [InlineData("haisoft-helper.service")]
    [InlineData("haisoft-helper.socket")]
    [InlineData("haisoft-plan.service")]
    [InlineData("haisoft-plan.socket")]
    [InlineData("haisoft-run.service")]
    [InlineData("haisoft-run.socket")]
    public async Task A_packaged_unit_has_no_line_that_systemd_does_not_understand(string unit)
    {
        Assert.SkipWhen(Tool.Find("systemd-analyze") is null, "systemd-analyze is not installed.");

        var verified = await Tool.RunAsync(
            "systemd-analyze",
            ["verify", "--man=no", "--recursive-errors=no", RepositoryFolder.In("agent", "Packaging", "systemd", unit)],
            TestContext.Current.CancellationToken);

        // That the programs are not installed on the machine that runs the tests is no fault of the unit.
        verified.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("is not executable", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }
}
