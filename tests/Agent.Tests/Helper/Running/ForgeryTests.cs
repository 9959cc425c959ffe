using Google.Protobuf;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// A controller in the hands of a thief, with all keys that are online and one approver's key, before the running helper: nothing that it
/// forges, replays or alters is started, and each is refused with its own reason. A good order between them is carried out.
/// </summary>
public sealed class ForgeryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Fifty_forgeries_before_the_running_helper() => ForgeAsync(50);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Five_hundred_forgeries_before_the_running_helper() => ForgeAsync(Count.Of(500));

    private static async Task ForgeAsync(int count)
    {
        Assert.SkipWhen(PlanBed.WhyNot() is not null, PlanBed.WhyNot() ?? "");
        Chance chance = new("forgeries");
        RpmSpec tool = new("tool", "1.0");
        await using RunningHelper helper = await RunningHelper.StartAsync(new RpmSpec("app", "1.1") { Header = ["Requires: tool"] }, tool, new RpmSpec("extra", "1.0"));
        await helper.ListAsync(TwoForInstallations, "app", "tool");
        ByteString changed = await helper.PlanAsync(Installation("app"));
        await helper.Root.InstallAsync(Stop, Path.Combine(helper.Repository.Folder, tool.FileName));
        byte[] done = Signed(helper, await helper.PlanAsync(Installation("extra")));
        await CarryOutAsync(helper, done);
        ByteString plan = await helper.PlanAsync(Installation("app"));
        string[] before = await PackagesAsync(helper);
        using ThievingController thief = new(helper, plan, changed, done, new Random(chance.Seed));

        int sent = 0;
        while (sent < count)
        {
            foreach (Forgery forgery in chance.Shuffled(thief.Orders()))
            {
                await ShouldBeRefusedAsync(helper, forgery, chance.Replay);
                sent++;
            }

            foreach (Forgery forgery in chance.Shuffled(thief.Catalogues()))
            {
                TrustReport report = await helper.OfferAsync(forgery.Bytes);
                report.Refusal.ShouldBeOneOf([.. forgery.Told], $"{forgery.Name}; {chance.Replay}\n{report}");
                report.CatalogueVersion.ShouldBe(1);
                sent++;
            }

            // A replay is told what became of it, and starts nothing.
            (await helper.GiveAsync(done)).Entries[^1].Step.State.ShouldBe(OrderState.Succeeded);
            sent++;
        }

        helper.Journal.All().Where(order => order.IsStarted).Select(order => order.Sha256).ShouldBe([OpenedEnvelope.Open(done).Accepted.Sha256]);
        (await PackagesAsync(helper)).ShouldBe(before);
        await CarryOutAsync(helper, Signed(helper, plan));
        (await helper.InstalledAsync("app")).ShouldBe(["1.1"]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{sent} forgeries and replays, none executed");
    }

    private static PlanRequest Installation(string name) =>
        new() { RequestId = "r", InstallPackages = new InstallPackages { Packages = { new PackageInstall { Name = name } } } };

    private static void TwoForInstallations(Catalogue catalogue)
    {
        catalogue.Operations.Single(operation => operation.Kind == OperationKind.InstallPackages).SignatureCount = 2;
        catalogue.Packages.Add(((string[])["extra", "denied"]).Select(name => new Package { Name = name, RepositoryId = "main" }));
        catalogue.DeniedPackages.Add(new DeniedPackage { Name = "denied", Reason = "as a test wants" });
    }

    private static byte[] Signed(RunningHelper helper, ByteString plan) => Company.Sign(
        Sealing.Seal(PayloadTypes.Order, PlannedOrder.Of(plan, TimeProvider.System.GetUtcNow())), [helper.Company.Controller, .. helper.Company.Approvers]);

    private static async Task CarryOutAsync(RunningHelper helper, byte[] order)
    {
        await helper.GiveAsync(order);
        HeldOrder held = await helper.EndAsync(order);
        held.State().ShouldBe(OrderState.Succeeded, string.Join('\n', held.Entries()));
    }

    private static async Task ShouldBeRefusedAsync(RunningHelper helper, Forgery forgery, string replay)
    {
        JournalAnswer answer = await helper.GiveAsync(forgery.Bytes);
        OrderStep? told = answer.Entries.LastOrDefault()?.Step;
        if (forgery.Failure is { } failure)
        {
            told = (await helper.EndAsync(forgery.Bytes)).Entries()[^1].Step;
            told.Failure.ShouldBe(failure, $"{forgery.Name}; {replay}\n{told}");
        }
        else if (forgery.Told.Count == 0)
        {
            told.ShouldBeNull($"{forgery.Name}; {replay}");
        }
        else
        {
            told.ShouldNotBeNull($"{forgery.Name}; {replay}");
            told.State.ShouldBe(OrderState.Refused, $"{forgery.Name}; {replay}\n{told}");
            told.Refusal.ShouldBeOneOf([.. forgery.Told], $"{forgery.Name}; {replay}\n{told}");
        }
    }

    private static async Task<string[]> PackagesAsync(RunningHelper helper) =>
        [.. (await helper.Root.RpmAsync(["--query", "--all"], Stop)).Succeeded().Split('\n').Order(StringComparer.Ordinal)];
}
