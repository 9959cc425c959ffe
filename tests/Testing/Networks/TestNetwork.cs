using System.Globalization;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Networks;

/// <summary>
/// One switch for the machines of a test. It stands in the controller's namespace, where the controller has
/// <see cref="ControllerAddress"/>; servers plug in with a cable (containers) or a tap (guests).
/// </summary>
public sealed class TestNetwork : IAsyncDisposable
{
    private static int s_count;

    private readonly Lock _gate = new();
    private readonly string _number;
    private int _lastHost = 10;
    private int _lastPort;

    private TestNetwork(NetworkNamespace controller, string number)
    {
        Controller = controller;
        _number = number;
    }

    /// <summary>The controller's namespace: its programs run in here, so does what speaks to them.</summary>
    public NetworkNamespace Controller { get; }

    public string ControllerAddress => "10.99.0.1";

    /// <summary>Why none can be made on this machine; null when all is there.</summary>
    public static string? WhyNot() =>
        Environment.UserName != "root" ? "Not root: test networks need namespaces."
        : Tool.Find("ip") is null ? "ip (iproute2) is not installed: ./build.sh setup installs it."
        : null;

    public static async Task<TestNetwork> CreateAsync(CancellationToken cancellationToken)
    {
        await TestRun.SweepAsync(cancellationToken);
        var number = Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture);
        var network = new TestNetwork(await NetworkNamespace.CreateAsync($"ctl{number}", cancellationToken), number);
        await network.Controller.IpAsync(["link", "add", "switch", "type", "bridge"], cancellationToken);
        await network.Controller.IpAsync(["addr", "add", $"{network.ControllerAddress}/24", "dev", "switch"], cancellationToken);
        await network.Controller.IpAsync(["link", "set", "switch", "up"], cancellationToken);
        return network;
    }

    /// <summary>An address that no machine of this network has yet.</summary>
    public string NextAddress()
    {
        lock (_gate)
        {
            return string.Create(CultureInfo.InvariantCulture, $"10.99.0.{++_lastHost}");
        }
    }

    /// <summary>Connects a server's namespace by a cable: its end is <c>host0</c> with this address, the controller is its gateway.</summary>
    public async Task<Cable> PlugInAsync(NetworkNamespace server, string address, CancellationToken cancellationToken)
    {
        var port = NextPort();
        await Controller.IpAsync(["link", "add", port, "type", "veth", "peer", "name", "host0", "netns", server.Name], cancellationToken);
        await Controller.IpAsync(["link", "set", port, "master", "switch", "up"], cancellationToken);
        await server.IpAsync(["addr", "add", $"{address}/24", "dev", "host0"], cancellationToken);
        await server.IpAsync(["link", "set", "host0", "up"], cancellationToken);
        await server.IpAsync(["route", "add", "default", "via", ControllerAddress], cancellationToken);
        return new Cable(server, Controller, port);
    }

    /// <summary>A namespace for programs that play servers, on a cable of its own. Scenarios run side by side: its name is this network's.</summary>
    public async Task<(NetworkNamespace Servers, Cable Cable)> AddServersAsync(CancellationToken cancellationToken)
    {
        var address = NextAddress();
        var servers = await NetworkNamespace.CreateAsync($"srv{_number}-{address.Split('.')[^1]}", cancellationToken);
        return (servers, await PlugInAsync(servers, address, cancellationToken));
    }

    /// <summary>Adds a tap to the switch, for a guest that runs in the controller's namespace; returns its name.</summary>
    public async Task<string> AddTapAsync(CancellationToken cancellationToken)
    {
        var port = NextPort();
        await Controller.IpAsync(["tuntap", "add", "dev", port, "mode", "tap"], cancellationToken);
        await Controller.IpAsync(["link", "set", port, "master", "switch", "up"], cancellationToken);
        return port;
    }

    public ValueTask DisposeAsync() => Controller.DisposeAsync();

    private string NextPort()
    {
        lock (_gate)
        {
            return string.Create(CultureInfo.InvariantCulture, $"port{++_lastPort}");
        }
    }
}
