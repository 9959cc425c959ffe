using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Orders that cannot be undone, each reason from a real case.</summary>
public sealed class UndoRefusalTests : OnUndoBed
{
    private static readonly RpmSpec Before = new("app", "1.0");
    private static readonly RpmSpec After = new("app", "1.1");

    private async Task<byte[]> UpdateAsync()
    {
        string[] files = await PublishAsync(Before, After);
        await Bed.Plans.Root.InstallAsync(Stop, files[0]);
        return await CarryOutAsync(await Bed.Plans.UpdateAsync("app"));
    }

    private async Task ShouldBeRefusedAsync(byte[] order, PlanRefusalReason reason, params string[] words)
    {
        string[] before = await InstalledAsync();
        PlanAnswer answer = await PlanUndoAsync(order);
        answer.Refusal.ShouldNotBeNull();
        answer.Refusal.Reason.ShouldBe(reason, answer.Refusal.Detail);
        foreach (string word in words)
        {
            answer.Refusal.Detail.ShouldContain(word);
        }

        (await InstalledAsync()).ShouldBe(before);
    }

    private string KeptFile(byte[] order) => Path.Combine(Bed.Held(order).Folder, "plan", "app-0_1.0-1.noarch.rpm");

    [Fact]
    public async Task What_has_moved_on_since()
    {
        byte[] update = await UpdateAsync();
        await Bed.Plans.Root.InstallAsync(Stop, await Bed.Plans.Repository.AddAsync(new("app", "1.2"), Stop));

        await ShouldBeRefusedAsync(update, PlanRefusalReason.UndoMovedOn, "app", "0:1.1-1", "0:1.2-1");
    }

    [Fact]
    public async Task What_was_undone_already()
    {
        byte[] update = await UpdateAsync();
        await CarryOutAsync(await PlanUndoAsync(update));

        await ShouldBeRefusedAsync(update, PlanRefusalReason.UndoMovedOn, "app", "0:1.0-1");
    }

    [Fact]
    public async Task What_something_else_has_come_to_need()
    {
        string[] files = await PublishAsync(new("lib", "1.0"), new("app", "1.1") { Header = ["Requires: lib"] }, new("other", "1.0") { Header = ["Requires: lib"] });
        byte[] install = await CarryOutAsync(await Bed.Plans.InstallAsync("app"));
        await Bed.Plans.Root.InstallAsync(Stop, files[2]);

        await ShouldBeRefusedAsync(install, PlanRefusalReason.Unsolvable, "other");
    }

    [Fact]
    public async Task A_kept_file_that_was_altered_or_lost()
    {
        byte[] update = await UpdateAsync();
        await using (FileStream file = new(KeptFile(update), FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        await ShouldBeRefusedAsync(update, PlanRefusalReason.UndoNotKept, "app 0:1.0-1");
        File.Delete(KeptFile(update));
        await ShouldBeRefusedAsync(update, PlanRefusalReason.UndoNotKept, "app 0:1.0-1");
    }

    [Fact]
    public async Task What_there_was_no_room_for_any_more_or_is_longer_ago_than_thirty_days()
    {
        byte[] update = await UpdateAsync();

        ReadyPlan.Prune(Bed.Journal, mostBytes: 1 << 20);
        File.Exists(KeptFile(update)).ShouldBeTrue();
        ReadyPlan.Prune(Bed.Journal, mostBytes: 100);
        await ShouldBeRefusedAsync(update, PlanRefusalReason.UndoNotKept, "no room");
        Bed.Plans.Time.Advance(TimeSpan.FromDays(31));
        Bed.Journal.Prune();
        Bed.Journal.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_the_catalogue_denies_now()
    {
        byte[] update = await UpdateAsync();
        PlanAnswer allowed = await PlanUndoAsync(update);
        Bed.Plans.List(catalogue =>
        {
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId });
            catalogue.DeniedPackages.Add(new DeniedPackage { Name = "app", Versions = new VersionRange { Below = "1.1" }, Reason = "holed" });
        });

        await ShouldBeRefusedAsync(update, PlanRefusalReason.NotListed, "denies", "holed");
        byte[] order = Bed.Order(allowed);
        await Bed.GiveAsync(order);
        OrderStep end = await Bed.EndAsync(order);
        end.Failure.ShouldBe(OrderFailure.PlanLost);
        end.Detail.ShouldContain("holed");
        (await Bed.InstalledAsync("app")).ShouldBe(["1.1"]);
    }

    [Fact]
    public async Task What_is_not_wholly_in_place()
    {
        await PublishAsync(new RpmSpec("app", "1.1") { Scripts = ["%pre -p <lua>\nerror('broken')"] });
        byte[] install = await CarryOutAsync(await Bed.Plans.InstallAsync("app"), OrderState.Failed);

        await ShouldBeRefusedAsync(install, PlanRefusalReason.UndoNotWhole, "Failed", "app", "Plan an installation");
    }

    [Fact]
    public async Task What_was_never_carried_out()
    {
        PlanAnswer plan = await PlanInstallationAsync(After);
        byte[] order = Bed.Order(plan, isApproved: false);
        await Bed.GiveAsync(order);

        await ShouldBeRefusedAsync(order, PlanRefusalReason.NotFound, "carried out");
    }

    [Theory]
    [InlineData(false, "does not have this version")]
    [InlineData(true, "another build")]
    public async Task What_was_not_to_be_had_which_the_plan_of_the_update_says(bool isBuiltAnew, string why)
    {
        await Bed.Plans.Root.InstallAsync(Stop, await Bed.Plans.Repository.AddAsync(Before, Stop));
        File.Delete(Path.Combine(Bed.Plans.Repository.Folder, Before.FileName));
        await PublishAsync(isBuiltAnew ? [Before with { Vendor = "Another" }, After] : [After]);

        PlanAnswer planned = await Bed.Plans.UpdateAsync("app");
        byte[] update = await CarryOutAsync(planned);

        Plan plan = PlanBed.Read(planned);
        plan.NotToBeBroughtBack().ShouldHaveSingleItem().OldFileMissing.ShouldContain(why);
        plan.Changes.ShouldHaveSingleItem().OldFile.ShouldBeNull();
        (await Bed.InstalledAsync("app")).ShouldBe(["1.1"]);
        await ShouldBeRefusedAsync(update, PlanRefusalReason.UndoNotKept, "app 0:1.0-1", why);
    }

    [Fact]
    public async Task An_update_without_the_file_that_its_plan_kept_is_not_begun()
    {
        string[] files = await PublishAsync(Before, After);
        await Bed.Plans.Root.InstallAsync(Stop, files[0]);
        PlanAnswer plan = await Bed.Plans.UpdateAsync("app");
        File.Delete(Path.Combine(Bed.Plans.KeptFolder(plan), "app-0_1.0-1.noarch.rpm"));
        byte[] order = Bed.Order(plan);

        await Bed.GiveAsync(order);

        (await Bed.EndAsync(order)).Failure.ShouldBe(OrderFailure.PlanLost, Bed.Tell(order));
        (await Bed.InstalledAsync("app")).ShouldBe(["1.0"]);
    }
}
