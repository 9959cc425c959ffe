using HaiSoft.Agent.Helper.Probe;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper;

public sealed class ProbeTests : IDisposable
{
    private static readonly ToolLimits Small = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60), 64 << 10, 100 << 10);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<HelperResponse> AskAsync(ToolPaths paths, ToolLimits limits, ProbeSource source = ProbeSource.Smart)
    {
        using var desk = new ProbeDesk(paths, limits, TimeProvider.System);
        return await desk.AnswerAsync(source, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Each_scanned_disk_is_asked_by_name_and_type_in_the_c_locale()
    {
        var smartctl = FakeTool.Smartctl(_folder, FakeTool.TwoDisks, "echo \"$LC_ALL $*\"; echo oops >&2; exit 4");
        var runs = (await AskAsync(new ToolPaths(smartctl, null), Small)).Probe.Runs;
        runs.Select(run => run.Subject).ShouldBe(["", "/dev/sda", "/dev/bus/0 megaraid,4"]);
        runs.ShouldAllBe(run => run.Outcome == ToolOutcome.Ended && run.Tool == "smartctl");
        runs[1].Output.ToStringUtf8().ShouldBe("C --json=c --xall -n standby -d sat /dev/sda\n");
        runs[2].Output.ToStringUtf8().ShouldEndWith("-d megaraid,4 /dev/bus/0\n");
        runs[1].ExitStatus.ShouldBe(4);
        runs[1].ErrorOutput.ShouldBe("oops\n");
    }

    [Fact]
    public async Task A_missing_tool_is_told()
    {
        var run = (await AskAsync(new ToolPaths(null, null), Small)).Probe.Runs.ShouldHaveSingleItem();
        run.Outcome.ShouldBe(ToolOutcome.Missing);
        (await AskAsync(new ToolPaths(null, _folder["nowhere"]), Small, ProbeSource.Dmi)).Probe.Runs.ShouldHaveSingleItem().Outcome.ShouldBe(ToolOutcome.Missing);
    }

    [Fact]
    public async Task A_file_that_cannot_be_executed_is_told()
    {
        var path = _folder.Write("dmidecode", "not a program");
        var run = (await AskAsync(new ToolPaths(null, path), Small, ProbeSource.Dmi)).Probe.Runs.ShouldHaveSingleItem();
        run.Outcome.ShouldBe(ToolOutcome.NotStarted);
        run.ErrorOutput.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_hanging_tool_is_killed_at_its_time_limit_with_what_it_started()
    {
        var pidFile = _folder["pid"];
        var smartctl = FakeTool.Smartctl(_folder, FakeTool.TwoDisks, $"sleep 1000 & echo $! > {pidFile}; wait");
        var runs = (await AskAsync(new ToolPaths(smartctl, null), Small with { Time = TimeSpan.FromSeconds(1), ProbeTime = TimeSpan.FromMilliseconds(1) })).Probe.Runs;
        runs.Count.ShouldBe(3);
        runs.Skip(1).ShouldAllBe(run => run.Outcome == ToolOutcome.TimedOut);

        runs = (await AskAsync(new ToolPaths(smartctl, null), Small with { Time = TimeSpan.FromSeconds(1) })).Probe.Runs;
        runs[1].Outcome.ShouldBe(ToolOutcome.TimedOut);
        runs[1].Duration.ToTimeSpan().ShouldBeLessThan(TimeSpan.FromSeconds(15));
        var child = File.ReadAllText(pidFile).Trim();
        while (Directory.Exists($"/proc/{child}") && !File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal))
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_flood_is_killed_at_its_size_limit_and_the_other_disks_are_still_read()
    {
        var smartctl = FakeTool.Smartctl(_folder, FakeTool.TwoDisks, "case \"$*\" in *sda) exec yes ;; *) echo fine ;; esac");
        var runs = (await AskAsync(new ToolPaths(smartctl, null), Small)).Probe.Runs;
        runs[1].Outcome.ShouldBe(ToolOutcome.TooLarge);
        runs[1].Output.ShouldBeEmpty();
        runs[2].Output.ToStringUtf8().ShouldBe("fine\n");
    }

    [Fact]
    public async Task All_outputs_of_a_probe_together_fit_a_frame()
    {
        var smartctl = FakeTool.Smartctl(_folder, FakeTool.TwoDisks, "head -c 60000 /dev/zero");
        var runs = (await AskAsync(new ToolPaths(smartctl, null), Small)).Probe.Runs;
        runs[1].Output.Length.ShouldBe(60000);
        runs[2].Outcome.ShouldBe(ToolOutcome.TooLarge);
    }

    [Theory]
    [InlineData("/dev/sda", "sat", true)]
    [InlineData("/dev/disk/by-id/nvme-ACME_1:2.3", "nvme", true)]
    [InlineData("/dev/bus/0", "sat+megaraid,4", true)]
    [InlineData("/dev/arcmsr0", "areca,3/2", true)]
    [InlineData("/etc/shadow", "sat", false)]
    [InlineData("/dev/../etc/shadow", "sat", false)]
    [InlineData("-x", "sat", false)]
    [InlineData("/dev/sda;reboot", "sat", false)]
    [InlineData("/dev/sda\n", "sat", false)]
    [InlineData("/dev/sda", "-T", false)]
    [InlineData("/dev/sda", "", false)]
    [InlineData("/dev/sda", "sat /dev/sdb", false)]
    public void Only_devices_become_arguments(string name, string type, bool good) =>
        (DeviceArgument.IsDevice(name) && DeviceArgument.IsType(type)).ShouldBe(good);

    [Fact]
    public async Task A_scan_with_hostile_names_starts_nothing_for_them()
    {
        var scan = """{"devices":[{"name":"/dev/sda -s off","type":"sat"},{"name":"/dev/../etc","type":"sat"},{"name":"/dev/sdb","type":"sat","open_error":"gone"},7,{"name":"/dev/sdc","type":"sat"}]}""";
        var smartctl = FakeTool.Smartctl(_folder, scan.Replace("7,", "", StringComparison.Ordinal), "echo ran");
        (await AskAsync(new ToolPaths(smartctl, null), Small)).Probe.Runs.Select(run => run.Subject).ShouldBe(["", "/dev/sdc"]);
    }

    [Fact]
    public async Task The_same_source_is_read_once_at_a_time()
    {
        var release = _folder["release"];
        var started = _folder["started"];
        var dmidecode = FakeTool.Write(_folder, "dmidecode", $"touch {started}; while [ ! -e {release} ]; do sleep 0.01; done; echo done\n");
        using var desk = new ProbeDesk(new ToolPaths(null, dmidecode), Small, TimeProvider.System);
        var first = desk.AnswerAsync(ProbeSource.Dmi, TestContext.Current.CancellationToken);
        while (!File.Exists(started))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        (await desk.AnswerAsync(ProbeSource.Dmi, TestContext.Current.CancellationToken)).Refusal.Reason.ShouldBe(RefusalReason.Busy);
        (await desk.AnswerAsync(ProbeSource.Smart, TestContext.Current.CancellationToken)).Probe.Runs.ShouldHaveSingleItem();
        await File.WriteAllTextAsync(release, "", TestContext.Current.CancellationToken);
        (await first).Probe.Runs.ShouldHaveSingleItem().Output.ToStringUtf8().ShouldBe("done\n");
        (await desk.AnswerAsync((ProbeSource)99, TestContext.Current.CancellationToken)).Refusal.Reason.ShouldBe(RefusalReason.UnknownVerb);
    }
}
