using System.Globalization;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Containers;

/// <summary>
/// A customer's server as far as software goes: a real systemd as process 1 in a container, with its own network namespace
/// plugged into a <see cref="TestNetwork"/>. The kernel and the hardware are the test machine's own.
/// </summary>
public sealed class Container : ITestMachine, IAsyncDisposable
{
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(2);
    private static int s_count;

    private readonly string _number;
    private readonly string _root;
    private readonly NetworkNamespace _network;
    private readonly ScratchFolder _state;
    private RunningProgram? _nspawn;
    private ProcessIdentity? _leader;
    private int _boots;

    private Container(string name, string address, string number, string root, NetworkNamespace network, ScratchFolder state)
    {
        Name = name;
        Address = address;
        _number = number;
        _root = root;
        _network = network;
        _state = state;
    }

    /// <summary>Its host name.</summary>
    public string Name { get; }

    /// <summary>Its address on the test's network.</summary>
    public string Address { get; }

    /// <summary>Nothing runs inside any more: it has shut down, has rebooted as far as it can by itself, or its power was cut.</summary>
    public bool IsDown => _nspawn!.Exited.IsCompleted;

    private int Leader => _leader?.Id ?? throw new InvalidOperationException($"{Name} has not booted.");

    /// <summary>Why none can be started on this machine; null when all is there.</summary>
    public static string? WhyNot() =>
        RootFolder.WhyNot() ?? (Tool.Find("systemd-nspawn") is null ? "systemd-nspawn is not installed: ./build.sh setup installs it." : null);

    /// <summary>Boots one; completes when systemd has started everything that is enabled.</summary>
    public static async Task<Container> StartAsync(TestNetwork network, RootFolder root, string name, CancellationToken cancellationToken)
    {
        var folder = await root.EnsureAsync(cancellationToken);
        var number = Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture);
        var state = new ScratchFolder();
        var address = network.NextAddress();
        var inside = await NetworkNamespace.CreateAsync($"s{number}", cancellationToken);
        await network.PlugInAsync(inside, address, cancellationToken);
        state.Write("written/etc/hostname", name + "\n");
        state.Write("written/etc/hosts", $"127.0.0.1 localhost\n127.0.1.1 {name}\n{network.ControllerAddress} controller\n");
        var container = new Container(name, address, number, folder, inside, state);
        try
        {
            await container.BootAsync(cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills process 1, and with it all that runs inside, at once: nothing gets a chance to say or save anything.</summary>
    public async Task CutPowerAsync(CancellationToken cancellationToken)
    {
        _leader?.Send(Signal.Kill);
        await _nspawn!.Exited.WaitAsync(cancellationToken);
    }

    /// <summary>Boots again on the same root, when it has rebooted by itself or its power was cut; completes as a first boot does.</summary>
    public async Task BootAgainAsync(CancellationToken cancellationToken)
    {
        // systemd-nspawn leaves the next boot to whoever started it.
        await _nspawn!.Exited.WaitAsync(BootLimit, cancellationToken);
        await _nspawn.DisposeAsync();
        await BootAsync(cancellationToken);
    }

    /// <summary>Runs a program inside to its end, as root, without a shell.</summary>
    public Task<ToolResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var (program, arguments) = Inside(command);
        return Tool.RunAsync(program, arguments, cancellationToken);
    }

    /// <summary>The program and arguments that run a command inside.</summary>
    public (string Program, string[] Arguments) Inside(IEnumerable<string> command) =>
        ("nsenter",
        [
            "--target", Leader.ToString(CultureInfo.InvariantCulture), "--all", "--",
            "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8", .. command,
        ]);

    /// <summary>The path on this machine of a file inside.</summary>
    public string Path(string inside) => string.Create(CultureInfo.InvariantCulture, $"/proc/{Leader}/root{inside}");

    /// <inheritdoc/>
    public string HandIn(string file)
    {
        var inside = "/root/" + System.IO.Path.GetFileName(file);
        File.Copy(file, Path(inside), overwrite: true);
        return inside;
    }

    public async ValueTask DisposeAsync()
    {
        // Killing process 1 of the process namespace ends all that runs inside, at once.
        _leader?.Send(Signal.Kill);
        if (_nspawn is not null)
        {
            await _nspawn.DisposeAsync();
        }

        await _network.DisposeAsync();
        _state.Dispose();
    }

    private async Task BootAsync(CancellationToken cancellationToken)
    {
        _nspawn = RunningProgram.Start(
            RepositoryFolder.In("tests", "Testing", "Containers", "start-container.sh"),
            [_state.Path, _root, TestRun.NamespaceName($"{_number}-{++_boots}"), Name, _network.Path]);
        TestRun.Note(_nspawn.Identity);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(BootLimit);
            _leader = ProcessIdentity.Of(await FindLeaderAsync(_nspawn, limit.Token));
            await RunAsync(["systemctl", "is-system-running", "--wait"], limit.Token);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"The container {Name} did not boot:\n{_nspawn.Said()}", failure);
        }
    }

    private static async Task<int> FindLeaderAsync(RunningProgram nspawn, CancellationToken cancellationToken)
    {
        var children = string.Create(CultureInfo.InvariantCulture, $"/proc/{nspawn.Identity.Id}/task/{nspawn.Identity.Id}/children");
        while (nspawn.Identity.IsAlive)
        {
            foreach (var child in (await File.ReadAllTextAsync(children, cancellationToken)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // systemd listens here as soon as it takes commands; the kernel tells nobody when that is.
                if (File.Exists($"/proc/{child}/root/run/systemd/private"))
                {
                    return int.Parse(child, CultureInfo.InvariantCulture);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        throw new InvalidOperationException($"It ended with {await nspawn.Exited}.");
    }
}
