using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Services;
using HaiSoft.Agent.Services;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Services;

/// <summary>What is noticed of units between two rounds. No processes are to be seen: the agent's unit hides those of others.</summary>
public sealed class UnitWatchTests : IDisposable
{
    private const string Group = "sys/fs/cgroup/system.slice/mariadb.service";
    private readonly ScratchFolder _root = new();
    private readonly UnitWatch _watch;

    public UnitWatchTests() => _watch = new UnitWatch(FileRoots.Below(_root.Path));

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_main_process_that_ended_is_noticed_once()
    {
        Processes("812", "830");
        _watch.Remember("mariadb", Unit(mainPid: 812));
        _watch.TakeChanged().ShouldBeEmpty();

        Processes("830");

        _watch.TakeChanged().ShouldBe(["mariadb"]);
        _watch.TakeChanged().ShouldBeEmpty();
    }

    [Fact]
    public void A_main_process_that_another_took_the_place_of_is_noticed()
    {
        Processes("812");
        _watch.Remember("mariadb", Unit(mainPid: 812));

        Processes("8120");

        _watch.TakeChanged().ShouldBe(["mariadb"]);
    }

    [Fact]
    public void A_unit_whose_group_is_gone_is_noticed()
    {
        Processes("812");
        _watch.Remember("mariadb", Unit(mainPid: 812));

        Directory.Delete(_root[Group], recursive: true);

        _watch.TakeChanged().ShouldBe(["mariadb"]);
    }

    [Fact]
    public void A_stopped_unit_that_runs_again_is_noticed()
    {
        _watch.Remember("mariadb", Unit(mainPid: 0));
        _watch.TakeChanged().ShouldBeEmpty();

        Processes("900");

        _watch.TakeChanged().ShouldBe(["mariadb"]);
    }

    private void Processes(params string[] ids) => _root.Write($"{Group}/cgroup.procs", string.Concat(ids.Select(id => id + "\n")));

    private static UnitState Unit(int mainPid) => new(
        "mariadb.service",
        ["mariadb.service"],
        "notify",
        mainPid > 0 ? "/system.slice/mariadb.service" : "",
        mainPid,
        new SystemdUnitSeen("loaded", mainPid > 0 ? "active" : "inactive", mainPid > 0 ? "running" : "dead", "success", "enabled", 0, null));
}
