using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using HaiSoft.Testing.Processes;
using Shouldly;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Tests with a server on which orders are carried out, and undone.</summary>
public abstract class OnUndoBed : OnOrderBed
{
    /// <summary>What would undo an order.</summary>
    private protected Task<PlanAnswer> PlanUndoAsync(byte[] order) =>
        Bed.Plans.AskAsync(new PlanRequest { RequestId = "r", Undo = new Undo { OrderId = Bed.Held(order).Content.OrderId } });

    /// <summary>Carries a plan out.</summary>
    /// <returns>The order.</returns>
    private protected async Task<byte[]> CarryOutAsync(PlanAnswer plan, OrderState end = OrderState.Succeeded)
    {
        byte[] order = Bed.Order(plan);
        await Bed.GiveAsync(order);
        (await Bed.EndAsync(order)).State.ShouldBe(end, Bed.Tell(order));
        return order;
    }

    /// <summary>Everything that is installed, to the header of each package.</summary>
    private protected async Task<string[]> InstalledAsync() =>
        [.. (await Bed.Plans.Root.RpmAsync(["--query", "--all", "--queryformat", "%{NEVRA} %{SHA256HEADER}\n"], Stop)).Succeeded().Split('\n').Order(StringComparer.Ordinal)];

    /// <summary>dnf's own check of what is installed finds nothing.</summary>
    private protected async Task ShouldHoldTogetherAsync() =>
        (await Tool.RunAsync("env", ["HOME=/", "dnf", "--installroot", Bed.Plans.Root.Path, "--noplugins", "check"], Stop)).Succeeded().ShouldBeEmpty();

    /// <summary>Builds packages into the repository, and lists them.</summary>
    /// <returns>Their files.</returns>
    private protected async Task<string[]> PublishAsync(params RpmSpec[] specs)
    {
        List<string> files = [];
        foreach (RpmSpec spec in specs)
        {
            files.Add(await Bed.Plans.Repository.AddAsync(spec, Stop));
        }

        await Bed.Plans.Repository.PublishAsync(Stop);
        Bed.Plans.List([.. specs.Select(spec => spec.Name).Distinct()]);
        return [.. files];
    }
}
