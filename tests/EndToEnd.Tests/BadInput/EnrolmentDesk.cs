using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;
using Microsoft.Data.Sqlite;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.BadInput;

/// <summary>A controller with two servers, and an installer who enrols them with the real program.</summary>
public sealed class EnrolmentDesk : IAsyncLifetime
{
    public const string First = "web-01";
    public const string Second = "web-02";

    private readonly ScratchFolder _states = new();
    private TestNetwork? _network;
    private ControllerProgram? _controller;
    private Technician? _technician;
    private int _installations;

    internal TestNetwork Network => _network!;

    internal ControllerProgram Controller => _controller!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (TestNetwork.WhyNot() is not null)
        {
            return;
        }

        _network = await TestNetwork.CreateAsync(Stop);
        _controller = await ControllerProgram.StartAsync(_network, Stop);
        _technician = _controller.Technician();
        await _technician.AddServerAsync(First, Stop);
        await _technician.AddServerAsync(Second, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _technician?.Dispose();
        foreach (var part in new IAsyncDisposable?[] { _controller, _network }.OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }

        _states.Dispose();
    }

    /// <summary>A token for a server.</summary>
    internal Task<string> TokenAsync(string server) => _technician!.TokenAsync(server, Stop);

    /// <summary>Runs <c>haisoft-agent enroll</c> on a machine that never was enrolled.</summary>
    internal Task<ToolResult> EnrolAsync(string token, string server) =>
        EnrolAsync(Controller.AgentsAddress, token, server, _states[$"state-{Interlocked.Increment(ref _installations)}"]);

    /// <summary>Runs <c>haisoft-agent enroll</c>.</summary>
    internal Task<ToolResult> EnrolAsync(string controller, string token, string server, string state) => Network.Controller.RunAsync(
        BuiltProgram.In("agent/Service", "haisoft-agent"),
        ["enroll", "--controller", controller, "--token", token, "--server", server, "--state", state],
        Stop);

    /// <summary>Time passes: all tokens have expired.</summary>
    internal void ExpireTokens()
    {
        using SqliteConnection database = new($"Data Source={Path.Combine(Controller.DataFolder, "controller.db")};Pooling=False");
        database.Open();
        using SqliteCommand command = database.CreateCommand();
        command.CommandText = "UPDATE enrolment_tokens SET expiry_time = created_time";
        command.ExecuteNonQuery();
    }
}
