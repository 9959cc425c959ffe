using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Packaging;

/// <summary>What the agent's unit lets it see of other users' processes, by which it notices that a service ended.</summary>
[Trait("Category", "Machines")]
public sealed class ProcessSightTests
{
    private const string Service = "dbus.service";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_of_other_users_are_hidden_from_the_agents_unit_and_their_control_groups_are_not()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Base, "sight-01", Stop);
        await server.MustAsync(["systemctl", "start", Service], Stop);
        var process = (await server.MustAsync(["systemctl", "show", "--value", "--property=MainPID", Service], Stop)).Trim();
        (await server.RunAsync(["test", "-d", $"/proc/{process}"], Stop)).ExitCode.ShouldBe(0);

        (await AsTheAgentAsync(server, "test", "-d", $"/proc/{process}")).ExitCode.ShouldNotBe(0);
        (await AsTheAgentAsync(server, "cat", $"/sys/fs/cgroup/system.slice/{Service}/cgroup.procs")).Succeeded().Split('\n').ShouldContain(process);
    }

    // Under the packaged unit's own restrictions.
    private static Task<ToolResult> AsTheAgentAsync(Container server, params IEnumerable<string> command)
    {
        IEnumerable<string> restrictions = File.ReadLines(RepositoryFolder.In("agent", "Packaging", "systemd", "haisoft-agent.service"))
            .Where(line => line.StartsWith("Protect", StringComparison.Ordinal) || line.StartsWith("Private", StringComparison.Ordinal))
            .Select(line => $"--property={line}");
        return server.RunAsync(["systemd-run", "--wait", "--pipe", "--quiet", "--property=User=nobody", .. restrictions, .. command], Stop);
    }
}
