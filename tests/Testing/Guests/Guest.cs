using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Guests;

/// <summary>
/// A dedicated server with hardware of its own: Debian's kernel on emulated NVMe and SATA disks, whose faults a test can set.
/// Commands go in through QEMU's guest agent; files through a folder that the guest sees, read-only, as <c>/host</c>.
/// </summary>
public sealed class Guest : ITestMachine, IAsyncDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(4);
    private static int s_count;

    private readonly RunningProgram _machine;
    private readonly ScratchFolder _state;
    private readonly JsonLineSocket _monitor;
    private readonly JsonLineSocket _agent;

    private Guest(string address, RunningProgram machine, ScratchFolder state, JsonLineSocket monitor, JsonLineSocket agent)
    {
        Address = address;
        _machine = machine;
        _state = state;
        _monitor = monitor;
        _agent = agent;
    }

    /// <summary>Its address on the test's network.</summary>
    public string Address { get; }

    /// <summary>The serial number of its NVMe disk, <c>/dev/nvme0n1</c>.</summary>
    public string NvmeSerial => GuestHardware.NvmeSerial;

    /// <summary>The model of its two SATA disks, <c>/dev/sda</c> and <c>/dev/sdb</c>.</summary>
    public string SataModel => GuestHardware.SataModel;

    /// <summary>Why none can be started on this machine; null when all is there.</summary>
    public static string? WhyNot() =>
        RootFolder.WhyNot() ?? (Tool.Find("qemu-system-x86_64") is null ? "qemu-system-x86_64 is not installed: ./build.sh setup installs it." : null);

    /// <summary>Boots one (20 to 60 s under emulation); completes when it takes commands.</summary>
    public static async Task<Guest> StartAsync(TestNetwork network, CancellationToken cancellationToken)
    {
        var image = await GuestImage.EnsureAsync(cancellationToken);
        var state = new ScratchFolder();
        var address = network.NextAddress();
        var tap = await network.AddTapAsync(cancellationToken);
        var (program, arguments) = network.Controller.Inside(
            Tool.Find("qemu-system-x86_64")!,
            GuestHardware.Arguments(image, state, tap, address, Interlocked.Increment(ref s_count)));
        var machine = RunningProgram.Start(program, arguments);
        TestRun.Note(machine.Identity);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(BootLimit);
            var monitor = await ConnectAsync(machine, state["qmp"], limit.Token);
            await monitor.ExecuteAsync("qmp_capabilities", null, limit.Token);
            var agent = await ConnectAsync(machine, state["agent"], limit.Token);
            // The line is held until the agent in the guest opens its end: the answer says that the guest is up.
            await agent.ExecuteAsync("guest-ping", null, limit.Token);
            var guest = new Guest(address, machine, state, monitor, agent);
            await guest.RunAsync(["systemctl", "is-system-running", "--wait"], limit.Token);
            await guest.MustAsync(["udevadm", "wait", "/dev/nvme0n1", "/dev/sda", "/dev/sdb"], limit.Token);
            return guest;
        }
        catch (Exception failure)
        {
            await machine.DisposeAsync();
            var console = File.Exists(state["serial.log"]) ? await File.ReadAllTextAsync(state["serial.log"], CancellationToken.None) : "";
            state.Dispose();
            throw new InvalidOperationException($"The guest did not boot:\n{machine.Said()}\n{console}", failure);
        }
    }

    /// <summary>Runs a program inside to its end, as root, without a shell.</summary>
    public async Task<ToolResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var started = await _agent.ExecuteAsync(
            "guest-exec",
            new JsonObject
            {
                ["path"] = command[0],
                ["arg"] = new JsonArray([.. command.Skip(1).Select(argument => JsonValue.Create(argument))]),
                ["env"] = new JsonArray("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8"),
                ["capture-output"] = true,
            },
            cancellationToken);
        while (true)
        {
            var status = await _agent.ExecuteAsync("guest-exec-status", new JsonObject { ["pid"] = started!["pid"]!.GetValue<long>() }, cancellationToken);
            if (status!["exited"]!.GetValue<bool>())
            {
                var exitCode = status["exitcode"]?.GetValue<int>() ?? 128 + (status["signal"]?.GetValue<int>() ?? 0);
                return new ToolResult(string.Join(' ', command), exitCode, Text(status["out-data"]), Text(status["err-data"]));
            }

            // The agent has no event for the end of a command.
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public string HandIn(string file)
    {
        File.Copy(file, Path.Combine(_state["share"], Path.GetFileName(file)), overwrite: true);
        return "/host/" + Path.GetFileName(file);
    }

    /// <summary>Sets the NVMe disk's critical warning while it runs: bits as in the SMART log (1 spare, 2 temperature, 4 reliability, 8 read-only).</summary>
    public async Task SetNvmeCriticalWarningAsync(int bits, CancellationToken cancellationToken) => await _monitor.ExecuteAsync(
        "qom-set",
        new JsonObject { ["path"] = $"/machine/peripheral/{GuestHardware.NvmeId}", ["property"] = "smart_critical_warning", ["value"] = bits },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _machine.DisposeAsync();
        _monitor.Dispose();
        _agent.Dispose();
        _state.Dispose();
    }

    private static async Task<JsonLineSocket> ConnectAsync(RunningProgram machine, string path, CancellationToken cancellationToken)
    {
        while (!File.Exists(path))
        {
            if (machine.Exited.IsCompleted)
            {
                var exitCode = await machine.Exited;
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"QEMU ended with {exitCode}."));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        return await JsonLineSocket.ConnectAsync(path, cancellationToken);
    }

    private static string Text(JsonNode? base64) =>
        base64 is null ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(base64.GetValue<string>()));
}
