using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Packages;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Tests with a server that takes orders.</summary>
public abstract class OnOrderBed : IAsyncLifetime
{
    private OrderBed? _bed;

    private protected OrderBed Bed => _bed!;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PlanBed.WhyNot() is not null, PlanBed.WhyNot() ?? "");
        _bed = await OrderBed.MakeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
        {
            await _bed.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A planned installation of a package, which is built for it.</summary>
    private protected async Task<PlanAnswer> PlanInstallationAsync(RpmSpec spec)
    {
        await Bed.Plans.Repository.AddAsync(spec, Stop);
        await Bed.Plans.Repository.PublishAsync(Stop);
        Bed.Plans.List(spec.Name);
        return await Bed.Plans.InstallAsync(spec.Name);
    }

    /// <summary>A planned update to a package, of which version 1.0 is installed.</summary>
    private protected async Task<PlanAnswer> PlanUpdateAsync(RpmSpec spec, RpmSpec? before = null)
    {
        await Bed.Plans.Root.InstallAsync(Stop, await Bed.Plans.Repository.AddAsync(before ?? new RpmSpec(spec.Name, "1.0"), Stop));
        await Bed.Plans.Repository.AddAsync(spec, Stop);
        await Bed.Plans.Repository.PublishAsync(Stop);
        Bed.Plans.List(spec.Name);
        return await Bed.Plans.UpdateAsync(spec.Name);
    }
}
