using System.Net.Sockets;
using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Agent.Helper.Probe;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper;

/// <summary>The agent's side and the helper's side of their socket, together.</summary>
public sealed class HelperLinkTests : IDisposable
{
    private static readonly ToolLimits Limits = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60), 64 << 10, 1 << 20);

    private readonly ScratchFolder _folder = new();
    private readonly AgentClock _clock = new(TimeProvider.System, () => TimeSpan.FromHours(1), "boot");
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    private string SocketPath => _folder["helper.sock"];

    private HelperClient Client => new(SocketPath, TimeSpan.FromSeconds(30), _clock);

    private Task ServeAsync(ToolPaths paths, TimeSpan? idle = null, IReadOnlySet<uint>? users = null)
    {
        var listener = OwnSocket.Listen(SocketPath);
        var server = new HelperServer(listener, users ?? new HashSet<uint> { 0, User() }, new ProbeDesk(paths, Limits, TimeProvider.System), idle ?? Timeout.InfiniteTimeSpan, TimeProvider.System);
        return Task.Run(async () =>
        {
            using (listener)
                await server.ServeAsync(_stop.Token);
        });
    }

    private static uint User() => LinuxCalls.GetEffectiveUserId();

    [Fact]
    public async Task Disks_come_through_the_socket_with_identity_health_and_slot()
    {
        var smartctl = FakeTool.Smartctl(_folder, FakeTool.TwoDisks, """
            case "$*" in
              *sda) echo '{"smartctl":{"exit_status":0},"device":{"name":"/dev/sda","type":"sat","protocol":"ATA"},"model_name":"ACME","serial_number":"S1","smart_status":{"passed":false},"temperature":{"current":31}}' ;;
              *) echo '{"smartctl":{"exit_status":2,"messages":[{"string":"Device is in STANDBY mode, exit(2)","severity":"information"}]},"device":{"name":"/dev/bus/0","type":"megaraid,4","protocol":"SCSI"}}'; exit 2 ;;
            esac
            """);
        Directory.CreateDirectory(_folder["sys", "block", "sda", "device", "enclosure_device:Slot 03"]);
        var served = ServeAsync(new ToolPaths(smartctl, null));
        var sensor = new SmartSensor(Client, FileRoots.Below(_folder.Path));
        var disks = (await sensor.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<Measured<HardwareComponents>>().Value.Disks;
        disks.Count.ShouldBe(2);
        disks[0].ShouldSatisfyAllConditions(
            disk => disk.Serial.ShouldBe("S1"),
            disk => disk.Slot.ShouldBe("bay Slot 03"),
            disk => disk.Health!.SmartPassed.ShouldBe(false));
        disks[1].Asleep.ShouldBeTrue();
        disks[1].Slot.ShouldBe("megaraid,4");
        await _stop.CancelAsync();
        await served;
    }

    [Fact]
    public async Task A_machine_without_a_disk_that_could_answer_does_not_ask()
    {
        var sensor = new SmartSensor(Client, FileRoots.Below(_folder.Path));
        (await sensor.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<NotApplicable<HardwareComponents>>();
    }

    [Fact]
    public async Task A_missing_tool_and_a_missing_helper_are_told_apart()
    {
        Directory.CreateDirectory(_folder["sys", "block", "sda", "device"]);
        var sensor = new SmartSensor(Client, FileRoots.Below(_folder.Path));
        (await sensor.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<Unavailable<HardwareComponents>>().Why.Reason.ShouldBe(UnavailableReason.HelperDown);
        var served = ServeAsync(new ToolPaths(null, null));
        (await sensor.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<Unavailable<HardwareComponents>>().Why.Reason.ShouldBe(UnavailableReason.ToolMissing);
        await _stop.CancelAsync();
        await served;
    }

    [Fact]
    public async Task Garbage_from_a_tool_is_not_understood()
    {
        Directory.CreateDirectory(_folder["sys", "block", "sda", "device"]);
        var served = ServeAsync(new ToolPaths(FakeTool.Write(_folder, "smartctl", "echo no JSON here"), null));
        var sensor = new SmartSensor(Client, FileRoots.Below(_folder.Path));
        (await sensor.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<Unavailable<HardwareComponents>>().Why.Reason.ShouldBe(UnavailableReason.NotUnderstood);
        await _stop.CancelAsync();
        await served;
    }

    [Fact]
    public async Task Another_user_is_not_served()
    {
        var served = ServeAsync(new ToolPaths(null, null), users: new HashSet<uint> { 4_000_000 });
        (await Client.ProbeAsync(ProbeSource.Dmi, TestContext.Current.CancellationToken)).ShouldBeOfType<Unavailable<IReadOnlyList<ToolOutput>>>().Why.Reason.ShouldBe(UnavailableReason.HelperDown);
        await _stop.CancelAsync();
        await served;
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0, 3, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0, 0, 0x20, 0 })]
    [InlineData(new byte[] { 0, 0 })]
    public async Task A_broken_frame_closes_its_connection_and_no_other(byte[] frame)
    {
        var served = ServeAsync(new ToolPaths(null, null));
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), TestContext.Current.CancellationToken);
            await socket.SendAsync(frame, TestContext.Current.CancellationToken);
            socket.Shutdown(SocketShutdown.Send);
            (await socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken)).ShouldBe(0);
        }

        (await Client.ProbeAsync(ProbeSource.Dmi, TestContext.Current.CancellationToken)).ShouldBeOfType<Measured<IReadOnlyList<ToolOutput>>>();
        await _stop.CancelAsync();
        await served;
    }

    [Fact]
    public async Task It_ends_itself_when_nobody_asks()
    {
        var served = ServeAsync(new ToolPaths(null, null), idle: TimeSpan.FromMilliseconds(200));
        (await Client.ProbeAsync(ProbeSource.Dmi, TestContext.Current.CancellationToken)).ShouldBeOfType<Measured<IReadOnlyList<ToolOutput>>>();
        await served.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Arguments_that_are_wrong_say_what_to_do()
    {
        HelperArguments.TryParse([], out var activated, out _).ShouldBeTrue();
        activated.IdleLimit.ShouldBe(TimeSpan.FromSeconds(60));
        activated.Job.ShouldBe(HelperJob.Probe);
        HelperArguments.TryParse(["plan"], out var plan, out _).ShouldBeTrue();
        plan.ShouldBe(new HelperArguments(HelperJob.Plan, null, null, "/var/lib/haisoft-helper", "/etc/haisoft/root-fingerprint", "/"));
        HelperArguments.TryParse(["plan", "--state", "/srv/h", "--root-fingerprint", "/srv/f"], out var elsewhere, out _).ShouldBeTrue();
        elsewhere.ShouldBe(plan with { StateFolder = "/srv/h", PinFile = "/srv/f" });
        HelperArguments.TryParse(["--socket", "/run/x.sock", "--peer-uid", "981"], out var byHand, out _).ShouldBeTrue();
        byHand.AllowedUsers().ShouldBe([0u, 981u], ignoreOrder: true);
        foreach (var wrong in new[] { ["--socket", "relative"], ["--socket", "/x"], ["--peer-uid", "me"], ["--help"], ["--state", "/x"], ["plan", "--state", "x"], new[] { "--socket" } })
        {
            HelperArguments.TryParse(wrong, out _, out var problem).ShouldBeFalse();
            problem.ShouldNotBeEmpty();
        }

        UserTable.Find("/etc/passwd", "root").ShouldBe(0u);
        Should.Throw<ListeningException>(() => ActivatedSocket.Take()).Message.ShouldContain("--socket");
    }
}
