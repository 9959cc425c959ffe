using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>Tests that begin with a controller and one server's agent, which is enrolled with it.</summary>
public abstract class OneAgentTests(StoreKind kind) : IAsyncLifetime
{
    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected RunningController Controller { get; private set; } = null!;

    private protected TestAgent Agent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Controller = RunningController.Start(kind);
        Agent = await Controller.EnrolAsync("web-01");
    }

    public ValueTask DisposeAsync() => Controller.DisposeAsync();
}
