using Google.Protobuf;
using HaiSoft.Agent.Helper.CarryOut;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// Hostile texts in every field that could reach a process, before the running helper: no process is started but those that are expected,
/// and no text becomes part of a command. What the helper starts is what the kernel was asked for.
/// </summary>
public sealed class InjectionTests
{
    // The helper itself carries orders out; the rest is what resolve.py, operate.py and the keys need.
    private static readonly string[] Expected = ["/usr/bin/python3", "/usr/bin/rpm", "/usr/bin/rpmkeys", "/usr/bin/systemctl"];

    // Debian's rpm has a shell say where its database is, by a macro of its own: always these very words.
    private static readonly string[] ShellsOfRpm = ["""["sh", "-c", "bash -c 'echo ~/.rpmdb'"]""", """["bash", "-c", "echo ~/.rpmdb"]"""];

    [Fact]
    public Task Two_hundred_and_fifty_hostile_texts_before_the_running_helper() => InjectAsync(250);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Five_thousand_hostile_texts_before_the_running_helper() => InjectAsync(Count.Of(5000));

    private static async Task InjectAsync(int count)
    {
        Assert.SkipWhen(PlanBed.WhyNot() is not null, PlanBed.WhyNot() ?? "");
        Assert.SkipWhen(StartedProcesses.WhyNot() is not null, StartedProcesses.WhyNot() ?? "");
        Chance chance = new("hostile texts");
        RpmSpec before = new("app", "1.0");
        using ScratchFolder folder = new();
        string canary = folder["canary"];
        HostileText texts = new(canary, new Random(chance.Seed));
        await using RunningHelper helper = await RunningHelper.StartAsync(isRecorded: true, before, new RpmSpec("app", "1.1"));
        await helper.Root.InstallAsync(TestContext.Current.CancellationToken, Path.Combine(helper.Repository.Folder, before.FileName));
        await helper.ListAsync(change: null, "app");
        ByteString plan = await helper.PlanAsync(new PlanRequest { RequestId = "r", UpdatePackages = new UpdatePackages { Names = { "app" } } });
        HostileFields fields = new(helper, plan);

        for (int i = 0; i < count; i++)
        {
            string text = texts.Next();
            CarryOutArguments.Read(["carry-out", text], helper.StateFolder).ShouldBeNull();
            (string name, Func<string, Task> send) = fields.All[i % fields.All.Count];
            await send(text);
            File.Exists(canary).ShouldBeFalse($"{name}: {text}; {chance.Replay}");
        }

        helper.Journal.All().ShouldNotContain(order => order.IsStarted);
        byte[] good = helper.Company.Order(PlannedOrder.Of(plan, TimeProvider.System.GetUtcNow()));
        await helper.GiveAsync(good);
        HeldOrder end = await helper.EndAsync(good);
        end.State().ShouldBe(OrderState.Succeeded, string.Join('\n', end.Entries()));

        IReadOnlyList<string> calls = helper.Started!.Calls();
        calls.ShouldContain(call => call.Contains($"\"carry-out\", \"{end.Id}\"", StringComparison.Ordinal));
        calls.Where(call => !ShellsOfRpm.Any(call.Contains)).Select(StartedProcesses.PathOf).Distinct().Except([.. Expected, BuiltProgram.In("agent/Helper", "haisoft-helper")]).ShouldBeEmpty(chance.Replay);
        calls.Where(call => call.Contains(Path.GetFileName(folder.Path), StringComparison.Ordinal)).ShouldBeEmpty(chance.Replay);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} texts in {fields.All.Count} fields; {calls.Count} processes started, all expected");
    }
}
