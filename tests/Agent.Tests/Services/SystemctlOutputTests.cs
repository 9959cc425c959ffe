using HaiSoft.Agent.Readings.Services;
using HaiSoft.Agent.Services;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Services;

/// <summary>What systemctl prints, and which units are main services.</summary>
public sealed class SystemctlOutputTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // systemd 252, Debian 12: systemctl show --property=… -- mysql.service nosuch.service
    private const string Shown = """
        Id=mariadb.service
        Names=mysql.service mariadb.service mysqld.service
        Type=notify
        LoadState=loaded
        ActiveState=activating
        SubState=auto-restart
        Result=signal
        UnitFileState=enabled
        NRestarts=3
        ControlGroup=
        MainPID=0
        InactiveExitTimestampMonotonic=940000000
        ActiveEnterTimestampMonotonic=900000000
        ActiveExitTimestampMonotonic=930000000
        InactiveEnterTimestampMonotonic=930000000

        Id=nosuch.service
        Names=nosuch.service
        LoadState=not-found
        ActiveState=inactive
        SubState=dead
        Result=success
        UnitFileState=
        NRestarts=0
        MainPID=0
        InactiveEnterTimestampMonotonic=0
        """;

    [Fact]
    public void Every_unit_is_read_with_its_own_name_and_since_when_it_is_so()
    {
        List<UnitState> units = SystemctlOutput.Parse(Shown, Now, TimeSpan.FromSeconds(1000));

        units.Count.ShouldBe(2);
        units[0].Id.ShouldBe("mariadb.service");
        units[0].Seen.ShouldBe(new SystemdUnitSeen("loaded", "activating", "auto-restart", "signal", "enabled", 3, Now.AddSeconds(-60)));
        units[1].Seen.LoadState.ShouldBe("not-found");
        units[1].Seen.StateChangeTime.ShouldBeNull();
    }

    [Fact]
    public void A_unit_is_found_by_any_of_its_names()
    {
        Systemctl.Answer answer = new(SystemctlOutput.Parse(Shown, Now, TimeSpan.FromSeconds(1000)), null);
        answer.Find("mysqld.service").ShouldNotBeNull().Id.ShouldBe("mariadb.service");
        answer.Find("apache2.service").ShouldBeNull();
    }

    [Theory]
    [InlineData("apache2.service", ServiceRole.Web)]
    [InlineData("php8.2-fpm.service", ServiceRole.Web)]
    [InlineData("plesk-php82-fpm.service", ServiceRole.Web)]
    [InlineData("postgresql@15-main.service", ServiceRole.Database)]
    [InlineData("dovecot.service", ServiceRole.Mail)]
    [InlineData("named.service", ServiceRole.Dns)]
    [InlineData("proftpd.service", ServiceRole.Ftp)]
    [InlineData("ssh.service", ServiceRole.Ssh)]
    [InlineData("sw-cp-server.service", ServiceRole.Plesk)]
    public void Known_units_have_a_role(string unit, ServiceRole role) => KnownServices.RoleOf(unit).ShouldBe(role);

    [Theory]
    [InlineData("cron.service")]
    [InlineData("php-.service")]
    public void Other_units_have_none(string unit) => KnownServices.RoleOf(unit).ShouldBeNull();

    [Theory]
    [InlineData("active", "disabled", "simple", true)]
    [InlineData("failed", "disabled", "simple", true)]
    [InlineData("inactive", "enabled", "simple", true)]
    [InlineData("inactive", "disabled", "simple", false)]
    [InlineData("active", "enabled", "oneshot", false)]
    public void A_unit_that_is_enabled_or_runs_is_meant_to_run(string active, string file, string type, bool meant) =>
        new UnitState("a.service", ["a.service"], type, "", 0, new SystemdUnitSeen("loaded", active, "", "", file, 0, null)).IsMeantToRun.ShouldBe(meant);
}
