using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Tests.Session;
using HaiSoft.Agent.Tests.Spool;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Linux;

/// <summary>The real agent on a disk that takes nothing: it goes on, and says so.</summary>
public sealed class UnwritableStateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_state_folder_that_is_full_or_read_only_does_not_end_the_agent_and_is_a_finding(bool readOnly)
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(64);
        await using FakeController controller = await FakeController.StartAsync();
        new IdentityStore(disk.Path).Save(controller.MakeIdentity());
        if (readOnly)
        {
            await disk.RemountAsync("ro");
        }
        else
        {
            Fill(disk.Path);
        }

        await using RunningProgram agent = RunningProgram.Start(
            BuiltProgram.In("agent/Service", "haisoft-agent"), ["run", "--state", disk.Path, "--config", Path.Combine(disk.Path, "none.json")]);
        // A full disk still takes a file without content: then the spool alone says it.
        string told = readOnly ? "cannot be written; the agent goes on without a spool" : "The spool cannot be written, reports are kept in memory";
        await agent.LineWithAsync(told, TimeSpan.FromSeconds(30), Stop);
        await controller.Link.UntilAsync(
            () => controller.Link.Reports.Concat(controller.Link.Urgent).Any(report => report.AgentFault is { Part: AgentPart.Spool, Failing: true }),
            within: TimeSpan.FromSeconds(60));

        agent.Exited.IsCompleted.ShouldBeFalse();
        (await agent.StopAsync(Stop)).ShouldBe(0);
    }

    private static void Fill(string folder)
    {
        try
        {
            using FileStream file = new(Path.Combine(folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (byte[] some = new byte[1024]; ;)
            {
                file.Write(some);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
