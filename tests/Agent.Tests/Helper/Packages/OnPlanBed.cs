using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>Tests with a server, a repository and a catalogue of their own.</summary>
public abstract class OnPlanBed : IAsyncLifetime
{
    private PlanBed? _bed;

    private protected PlanBed Bed => _bed!;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PlanBed.WhyNot() is not null, PlanBed.WhyNot() ?? "");
        _bed = await PlanBed.MakeAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
        {
            await _bed.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
