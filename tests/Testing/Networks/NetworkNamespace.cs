using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Networks;

/// <summary>A network of its own for some processes: nothing in it reaches anything outside it.</summary>
public sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const int NewNetwork = 0x40000000; // CLONE_NEWNET

    private NetworkNamespace(string name) => Name = name;

    /// <summary>Its name for <c>ip netns</c>.</summary>
    public string Name { get; }

    public string Path => $"/run/netns/{Name}";

    /// <summary>Makes one with its loopback up.</summary>
    public static async Task<NetworkNamespace> CreateAsync(string role, CancellationToken cancellationToken)
    {
        var made = new NetworkNamespace(TestRun.NamespaceName(role));
        Directory.CreateDirectory(TestRun.Folder);
        (await Tool.RunAsync("ip", ["netns", "add", made.Name], cancellationToken)).Succeeded();
        await made.IpAsync(["link", "set", "lo", "up"], cancellationToken);
        return made;
    }

    /// <summary>Runs <c>ip</c> inside.</summary>
    public async Task IpAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        (await Tool.RunAsync("ip", ["-n", Name, .. arguments], cancellationToken)).Succeeded();

    /// <summary>The program and arguments that run another program inside.</summary>
    public (string Program, string[] Arguments) Inside(string program, params IEnumerable<string> arguments) =>
        ("ip", ["netns", "exec", Name, program, .. arguments]);

    /// <summary>Runs a program inside to its end.</summary>
    public Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (outer, all) = Inside(program, arguments);
        return Tool.RunAsync(outer, all, cancellationToken);
    }

    /// <summary>
    /// A TCP connection made inside, for this process: a socket stays in the namespace in which it was opened, so one thread
    /// enters, opens it and leaves again.
    /// </summary>
    public async Task<NetworkStream> ConnectAsync(string address, int port, CancellationToken cancellationToken)
    {
        var socket = await OpenAsync(cancellationToken);
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A TCP socket of the namespace, for this process, neither connected nor bound yet.</summary>
    public Task<Socket> OpenAsync(CancellationToken cancellationToken) =>
        Task.Factory.StartNew(OpenInside, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>An HTTP client whose connections are made inside.</summary>
    public SocketsHttpHandler HttpHandler() => new()
    {
        ConnectCallback = async (context, cancellationToken) =>
            await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken),
    };

    public async ValueTask DisposeAsync() =>
        await Tool.RunAsync("ip", ["netns", "del", Name], CancellationToken.None);

    private Socket OpenInside()
    {
        using var home = File.OpenHandle("/proc/thread-self/ns/net");
        using var inside = File.OpenHandle(Path);
        Enter(inside);
        try
        {
            return new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        }
        finally
        {
            Enter(home);
        }
    }

    private static void Enter(SafeHandle network)
    {
        if (SetNamespace(network, NewNetwork) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "The network namespace cannot be entered");
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeHandle descriptor, int kind);
}
