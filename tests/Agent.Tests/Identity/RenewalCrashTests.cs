using System.Text.RegularExpressions;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Spool;
using HaiSoft.Agent.Tests.Session;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Identity;

/// <summary>The real agent, killed before every step of storing a renewed certificate: it always has a key with its certificate.</summary>
public sealed partial class RenewalCrashTests : IAsyncLifetime
{
    private const string Tracer = "/usr/bin/strace";
    private const string Calls = "openat,unlink,unlinkat,write,pwrite64,fchmod,fsync,rename,renameat,renameat2";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ScratchFolder _folder = new();
    private FakeController _controller = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string State => _folder["state"];

    private string NewFile => Path.Combine(State, "identity.json.new");

    public async ValueTask InitializeAsync() => _controller = await FakeController.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controller.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Killed_before_any_step_of_a_renewal_the_agent_goes_on_with_a_usable_pair()
    {
        Assert.SkipUnless(File.Exists(Tracer), "strace is not installed: apt-get install strace.");
        (string Call, int Occurrence)[] steps = await RecordAsync();
        steps.Select(step => step.Call).ShouldBe(["unlink", "openat", "pwrite64", "fchmod", "fsync", "rename", "openat", "fsync"]);

        List<bool> isNew = [];
        foreach ((string call, int occurrence) in steps)
        {
            AgentIdentity before = MakeDue();
            (await RunAsync($"inject={call}:signal=KILL:when={occurrence}")).ShouldBe(137, $"not killed before {call} {occurrence}");

            AgentIdentity after = new IdentityStore(State).Load().ShouldNotBeNull($"after {call} {occurrence}");
            after.LoadCertificate().Dispose(); // throws when the key is another's
            isNew.Add(after.CertificatePem != before.CertificatePem);
            (await RenewAsync(after)).ShouldBeTrue($"after {call} {occurrence}");
        }

        isNew.ShouldBe([false, false, false, false, false, false, true, true], "the rename decides");
    }

    // What the agent does to the file of its identity, in order.
    private async Task<(string Call, int Occurrence)[]> RecordAsync()
    {
        MakeDue();
        await RunAsync(inject: null);
        Dictionary<string, int> seen = [];
        return [.. File.ReadLines(_folder["trace"])
            .Select(line => CallPattern().Match(line))
            .Where(match => match.Success)
            .SkipWhile(match => match.Groups["call"].Value != "unlink") // the first start also makes what is beside it
            .Select(match => (match.Groups["call"].Value, seen[match.Groups["call"].Value] = seen.GetValueOrDefault(match.Groups["call"].Value) + 1))];
    }

    private async Task<int> RunAsync(string? inject)
    {
        string agent = BuiltProgram.In("agent/Service", "haisoft-agent");
        string[] injection = inject is null ? [] : ["-e", inject];
        await using RunningProgram run = RunningProgram.Start(
            Tracer,
            ["-f", "-o", _folder["trace"], "-P", NewFile, "-P", State, "-e", $"trace={Calls}", .. injection, agent, "run", "--state", State, "--config", _folder["none.json"]]);
        if (inject is null)
        {
            await run.LineWithAsync("The certificate was renewed", Patience, Stop);
            ProcessIdentity child = ProcessIdentity.ChildrenOf(run.Identity).Single();
            child.Send(Signal.Kill);
        }

        return await run.Exited.WaitAsync(Patience, Stop);
    }

    private AgentIdentity MakeDue()
    {
        AgentIdentity identity = _controller.MakeIdentity() with { IssuedTime = FakeController.Now.AddHours(-60) };
        Directory.CreateDirectory(State);
        new IdentityStore(State).Save(identity);
        return identity;
    }

    private async Task<bool> RenewAsync(AgentIdentity identity)
    {
        AgentClock clock = AgentClock.OfHost(FileRoots.System);
        using Renewal renewal = new(
            new CurrentIdentity(identity),
            new IdentityStore(State),
            new ControllerClock(clock.Time, TimeSpan.Zero),
            new AgentFaults(clock, (_, _) => { }),
            clock.Time,
            NullLogger<Renewal>.Instance);
        return await renewal.TryRenewAsync(identity, Stop);
    }

    [GeneratedRegex(@"^\d+ +(?<call>[a-z0-9]+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CallPattern();
}
