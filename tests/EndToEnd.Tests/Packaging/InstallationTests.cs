using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Packaging;

[Trait("Category", "Machines")]
public sealed class InstallationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_debian_package_installs_a_service_without_privileges_that_waits_to_be_enrolled_and_leaves_nothing_when_purged()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        Assert.SkipWhen(AgentPackage.Path is null, AgentPackage.Missing);
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Base, "bare-01", Stop);

        await server.MustAsync(["dpkg", "--install", server.HandIn(AgentPackage.Path!)], Stop);
        await ProveServiceAsync(server);
        await server.MustAsync(["dpkg", "--purge", "haisoft-agent"], Stop);

        await ProveStoppedAsync(server);
        (await server.RunAsync(["ls", "/var/lib/haisoft-agent", "/etc/haisoft", "/usr/libexec/haisoft"], Stop)).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_rpm_installs_the_same_service_verifies_and_takes_its_programs_away_again()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        Assert.SkipWhen(AgentPackage.RpmPath is null, AgentPackage.Missing);
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Rpm, "bare-02", Stop);

        // What it requires is there, but as Debian's packages, of which the RPM database knows nothing.
        await server.MustAsync(["rpm", "--install", "--nodeps", server.HandIn(AgentPackage.RpmPath!)], Stop);
        await ProveServiceAsync(server);
        (await server.RunAsync(["rpm", "--verify", "--nodeps", "haisoft-agent"], Stop)).Output.ShouldBeEmpty();
        await server.MustAsync(["rpm", "--erase", "haisoft-agent"], Stop);

        await ProveStoppedAsync(server);
        (await server.RunAsync(["ls", "/usr/sbin/haisoft-agent", "/usr/libexec/haisoft"], Stop)).Output.ShouldBeEmpty();
    }

    private static async Task ProveServiceAsync(Container server)
    {
        await server.MustAsync(["systemctl", "enable", "--now", "haisoft-agent"], Stop);

        // Type=notify: that start returned says that the agent has told systemd that it is ready.
        var journal = await server.JournalAsync("haisoft-agent", Stop);
        (await server.RunAsync(["systemctl", "is-active", "haisoft-agent", "haisoft-helper.socket"], Stop)).Output.ShouldBe("active\nactive\n", journal);
        var process = (await server.MustAsync(["systemctl", "show", "--value", "--property=MainPID", "haisoft-agent"], Stop)).Trim();
        var status = await server.MustAsync(["cat", $"/proc/{process}/status"], Stop);
        status.ShouldContain("CapEff:\t0000000000000000");
        status.ShouldContain("CapBnd:\t0000000000000000");
        status.ShouldContain("NoNewPrivs:\t1");
        status.ShouldNotContain("Uid:\t0\t");
        (await server.MustAsync(["stat", "--format=%U:%G %a", "/run/haisoft/helper.sock", "/var/lib/haisoft-agent"], Stop))
            .ShouldBe("root:haisoft-agent 660\nhaisoft-agent:haisoft-agent 700\n");
        (await server.MustAsync(["ss", "--tcp", "--udp", "--listening", "--no-header", "--processes"], Stop)).ShouldNotContain("haisoft");
    }

    private static async Task ProveStoppedAsync(Container server) =>
        (await server.RunAsync(["systemctl", "is-active", "haisoft-agent", "haisoft-helper.socket"], Stop)).Output.ShouldBe("inactive\ninactive\n");
}
