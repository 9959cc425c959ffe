using System.Text;
using Google.Protobuf;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>Puts a text into each field from which something could come to a process: of what the agent asks, of catalogues and of orders, all signed by all who must.</summary>
internal sealed class HostileFields(RunningHelper helper, ByteString plan)
{
    private long _version = 1;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Each field by its name, and what is done with a text.</summary>
    public IReadOnlyList<(string Name, Func<string, Task> Send)> All =>
    [
        ("package of an installation", text => PlanAsync(new() { InstallPackages = Installation(text) })),
        ("package of an update", text => PlanAsync(new() { UpdatePackages = new UpdatePackages { Names = { text } } })),
        ("folder of documents", text => PlanAsync(new() { InstallPackages = Installation("app", new PackageChoice { DocumentRoot = text }) })),
        ("id of a request", text => PlanAsync(new() { RequestId = text, UpdatePackages = new UpdatePackages { Names = { "other" } } })),
        ("catalogue: package", text => OfferAsync(c => c.Packages[0].Name = text)),
        ("catalogue: lowest version", text => OfferAsync(c => c.Packages[0].Versions = new VersionRange { AtLeast = text })),
        ("catalogue: version below", text => OfferAsync(c => c.Packages[0].Versions = new VersionRange { Below = text })),
        ("catalogue: id of a repository", text => OfferAsync(c => c.Repositories[0].RepositoryId = c.Packages[0].RepositoryId = text)),
        ("catalogue: address of a repository", text => OfferAsync(c => c.Repositories[0].BaseUrls[0] = text)),
        ("catalogue: end of an address", text => OfferAsync(c => c.Repositories[0].BaseUrls[0] += text)),
        ("catalogue: key of a repository", text => OfferAsync(c => c.Repositories[0].KeyFingerprints[0] = text)),
        ("catalogue: denied package", text => OfferAsync(c => c.DeniedPackages.Add(new DeniedPackage { Name = text, Reason = "x" }))),
        ("catalogue: why it is denied", text => OfferAsync(c => c.DeniedPackages.Add(new DeniedPackage { Name = "other", Reason = text }))),
        ("catalogue: unit", text => OfferAsync(c => c.Packages[0].Options.Add(new PackageOption { Service = new ServiceOption { Unit = text } }))),
        ("catalogue: folder of documents", text => OfferAsync(c => c.Packages[0].Options.Add(new PackageOption { DocumentRoot = new DocumentRootOption { Below = text } }))),
        ("catalogue: an approver's name", text => OfferAsync(c => c.Approvers[0].Key.Name = text)),
        ("order: package of an installation", text => GiveAsync(o => o.InstallPackages = Installation(text))),
        ("order: package of an update", text => GiveAsync(o => o.UpdatePackages = new UpdatePackages { Names = { text } })),
        ("order: folder of documents", text => GiveAsync(o => o.InstallPackages = Installation("app", new PackageChoice { DocumentRoot = text }))),
        ("order: machine", text => GiveAsync(o => o.MachineId = text)),
        ("order: incident", text => GiveAsync(o => o.EmergencyIncidentId = text)),
        ("order: id", text => GiveAsync(o => o.OrderId = First(text, 16), isApproved: false)),
        ("order: plan", text => GiveAsync(o => o.PlanHash = First(text, 32))),
        ("order: state of packages", text => GiveAsync(o => o.PackageStateHash = First(text, 32))),
        ("order: disk", text => GiveAsync(o => o.LocateDisk = new LocateDisk { SerialNumber = text, Lit = true })),
        ("id of an order that is cancelled", text => helper.Orders.CancelAsync(new OrderCancellation { OrderId = First(text, 64) }, Stop)),
        ("id of an order that is asked for", text => helper.Orders.ReadAsync(new ReadJournal { Known = { new JournalPlace { OrderId = First(text, 64), Entry = 1 } } }, Stop)),
    ];

    private static InstallPackages Installation(string name, params PackageChoice[] choices) => new() { Packages = { new PackageInstall { Name = name, Choices = { choices } } } };

    // Cut or filled up, so that its length is not what it fails by.
    private static ByteString First(string text, int count)
    {
        byte[] bytes = new byte[count];
        Encoding.UTF8.GetBytes(text).AsSpan(0, Math.Min(count, Encoding.UTF8.GetByteCount(text))).CopyTo(bytes);
        return ByteString.CopyFrom(bytes);
    }

    private Task<PlanAnswer> PlanAsync(PlanRequest request) => helper.Operations.PlanAsync(request, Stop);

    // What the catalogue may say is tried with dnf.
    private async Task OfferAsync(Action<Catalogue> change)
    {
        TrustReport report = await helper.OfferAsync(helper.CatalogueOf(_version + 1, change, "app"));
        if (report.CatalogueVersion == _version)
            return;
        _version = report.CatalogueVersion;
        ForgetPlansMade();
        await PlanAsync(new() { UpdatePackages = new UpdatePackages { Names = { "app" } } });
        report = await helper.OfferAsync(helper.CatalogueOf(++_version, change: null, "app"));
        report.CatalogueVersion.ShouldBe(_version, report.RefusalDetail);
    }

    // An id may be any: with all signatures such an order would be a good one.
    private async Task GiveAsync(Action<Order> change, bool isApproved = true)
    {
        Order order = PlannedOrder.Of(plan, TimeProvider.System.GetUtcNow());
        change(order);
        await helper.Orders.CarryOutAsync(new OrderOffer { Order = ByteString.CopyFrom(helper.Company.Order(order, isApproved)) }, Stop);
    }

    // As if an hour had passed: 20 plans may be made in one.
    private void ForgetPlansMade() => File.Delete(Path.Combine(helper.StateFolder, "plans-made"));
}
