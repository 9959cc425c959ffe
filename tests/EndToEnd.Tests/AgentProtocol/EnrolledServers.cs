using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.AgentProtocol;

/// <summary>A controller with two servers that our own agent enrolled, for the identities in their state folders.</summary>
public sealed class EnrolledServers : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly ScratchFolder _folder = new();
    private TestNetwork? _network;
    private ControllerProgram? _controller;

    /// <summary>Identity file of the first server's agent.</summary>
    public string First => Identity("first");

    /// <summary>Identity file of the second server's agent.</summary>
    public string Second => Identity("second");

    internal NetworkNamespace Network => _network!.Controller;

    internal ControllerProgram Controller => _controller!;

    /// <summary>Why there are none on this machine; null when all is there.</summary>
    public static string? WhyNot() => TestNetwork.WhyNot() ?? ForeignAgent.WhyNot();

    public async ValueTask InitializeAsync()
    {
        if (WhyNot() is not null)
        {
            return;
        }

        _network = await TestNetwork.CreateAsync(Stop);
        _controller = await ControllerProgram.StartAsync(_network, Stop);
        using var technician = _controller.Technician();
        await EnrolAsync(technician, "first");
        await EnrolAsync(technician, "second");
    }

    public async ValueTask DisposeAsync()
    {
        if (_controller is not null)
        {
            await _controller.DisposeAsync();
        }

        if (_network is not null)
        {
            await _network.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string Identity(string server) => _folder[server, "identity.json"];

    private async Task EnrolAsync(Technician technician, string server)
    {
        await technician.AddServerAsync(server, Stop);
        var token = await technician.TokenAsync(server, Stop);
        (await Network.RunAsync(
            BuiltProgram.In("agent/Service", "haisoft-agent"),
            ["enroll", "--controller", Controller.AgentsAddress, "--token", token, "--server", server, "--state", Path.GetDirectoryName(Identity(server))!],
            Stop)).Succeeded();
    }
}
