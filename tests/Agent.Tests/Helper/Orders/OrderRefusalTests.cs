using Google.Protobuf;
using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Orders that are not carried out, each reason from a real case: nothing is changed.</summary>
public sealed class OrderRefusalTests : OnOrderBed
{
    private Task<PlanAnswer> PlanAsync() => PlanInstallationAsync(new RpmSpec("app", "1.1"));

    private async Task ShouldBeRefusedAsync(byte[] order, TrustRefusal reason)
    {
        OrderStep last = (await Bed.GiveAsync(order)).Entries[^1].Step;
        last.State.ShouldBe(OrderState.Refused);
        last.Refusal.ShouldBe(reason, last.Detail);
        await Bed.ReadAsync();
        await ShouldBeUntouchedAsync();
    }

    private async Task ShouldFailAsync(byte[] order, OrderFailure failure, string word)
    {
        await Bed.GiveAsync(order);
        OrderStep end = await Bed.EndAsync(order);
        end.State.ShouldBe(OrderState.Failed);
        end.Failure.ShouldBe(failure, end.Detail);
        end.Detail.ShouldContain(word);
        await ShouldBeUntouchedAsync();
    }

    private async Task ShouldBeUntouchedAsync()
    {
        Bed.Starts.ShouldBeEmpty();
        (await Bed.InstalledAsync("app")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_signed_enough()
    {
        await ShouldBeRefusedAsync(Bed.Order(await PlanAsync(), isApproved: false), TrustRefusal.OrderTooFewSignatures);
    }

    [Fact]
    public async Task Another_machines()
    {
        await ShouldBeRefusedAsync(Bed.Order(await PlanAsync(), order => order.MachineId = new string('0', 64)), TrustRefusal.OrderWrongMachine);
    }

    [Fact]
    public async Task What_comes_too_late()
    {
        byte[] order = Bed.Order(await PlanAsync());
        Bed.Plans.Time.Advance(TimeSpan.FromHours(25));
        await ShouldBeRefusedAsync(order, TrustRefusal.OrderExpired);
    }

    [Fact]
    public async Task What_the_catalogue_does_not_list_any_more()
    {
        byte[] order = Bed.Order(await PlanAsync());
        Bed.Plans.List("other");
        await ShouldBeRefusedAsync(order, TrustRefusal.OrderPackageNotListed);
    }

    [Fact]
    public async Task Another_order_under_an_id_that_is_held_and_the_first_goes_on()
    {
        PlanAnswer plan = await PlanAsync();
        ByteString id = ByteString.CopyFrom(new byte[16]);
        byte[] first = Bed.Order(plan, order => order.OrderId = id);
        await Bed.GiveAsync(first);

        JournalAnswer second = await Bed.GiveAsync(Bed.Order(plan, order => (order.OrderId, order.ServerCount) = (id, 2)));

        second.Entries.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            entry => entry.Entry.ShouldBe(0),
            entry => entry.Step.Refusal.ShouldBe(TrustRefusal.OrderHeld));
        (await Bed.EndAsync(first)).State.ShouldBe(OrderState.Succeeded, Bed.Tell(first));
        Bed.States(first).ShouldNotContain(OrderState.Refused);
    }

    [Fact]
    public async Task What_is_no_order_leaves_no_trace()
    {
        (await Bed.GiveAsync([1, 2, 3])).Entries.ShouldBeEmpty();
        (await Bed.GiveAsync(Bed.Plans.Company.Root(1))).Entries.ShouldBeEmpty();
        Bed.Journal.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plan_that_is_not_held_any_more()
    {
        PlanAnswer plan = await PlanAsync();
        Directory.Delete(Bed.Plans.KeptFolder(plan), recursive: true);
        await ShouldFailAsync(Bed.Order(plan), OrderFailure.PlanLost, "plan again");
    }

    [Fact]
    public async Task A_kept_file_that_was_altered()
    {
        PlanAnswer plan = await PlanAsync();
        await using (FileStream file = new(Path.Combine(Bed.Plans.KeptFolder(plan), "app-0_1.1-1.noarch.rpm"), FileMode.Open))
        {
            file.Position = file.Length - 1;
            int last = file.ReadByte();
            file.Position = file.Length - 1;
            file.WriteByte((byte)(last ^ 1));
        }

        await ShouldFailAsync(Bed.Order(plan), OrderFailure.PlanLost, "approved");
    }

    [Fact]
    public async Task A_plan_for_something_else_than_the_order_says()
    {
        PlanAnswer plan = await PlanAsync();
        byte[] order = Bed.Order(plan, order => order.UpdatePackages = new UpdatePackages { Names = { "app" } });
        await ShouldFailAsync(order, OrderFailure.PlanChanged, "something else");
    }

    [Fact]
    public async Task Packages_that_changed_to_another_plan()
    {
        await Bed.Plans.Repository.AddAsync(new RpmSpec("lib", "1.0"), Stop);
        PlanAnswer plan = await PlanInstallationOfBothAsync();
        await Bed.Plans.Root.InstallAsync(Stop, Path.Combine(Bed.Plans.Repository.Folder, new RpmSpec("lib", "1.0").FileName));

        await ShouldFailAsync(Bed.Order(plan), OrderFailure.PlanChanged, "plan again");
    }

    [Fact]
    public async Task A_conflict_that_appears_after_the_plan()
    {
        string rival = await Bed.Plans.Repository.AddAsync(new RpmSpec("rival", "1.0") { Header = ["Conflicts: app"] }, Stop);
        PlanAnswer plan = await PlanAsync();
        await Bed.Plans.Root.InstallAsync(Stop, rival);

        await ShouldFailAsync(Bed.Order(plan), OrderFailure.PlanChanged, "rival");
    }

    [Fact]
    public async Task Packages_that_changed_to_the_same_plan_do_not_matter()
    {
        string other = await Bed.Plans.Repository.AddAsync(new RpmSpec("other", "1.0"), Stop);
        byte[] order = Bed.Order(await PlanAsync());
        await Bed.Plans.Root.InstallAsync(Stop, other);

        await Bed.GiveAsync(order);

        (await Bed.EndAsync(order)).State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        (await Bed.InstalledAsync("app")).ShouldBe(["1.1"]);
    }

    [Fact]
    public async Task What_is_cancelled_before_its_intent()
    {
        PlanAnswer plan = await PlanAsync();
        byte[] order = Bed.Order(plan);
        Bed.Take(order);
        (await Bed.CancelAsync(order)).Entries[^1].Step.State.ShouldBe(OrderState.Cancelled);

        await Bed.ReadAsync();
        Bed.Held(order).HasEnded().ShouldBeTrue();
        await ShouldBeUntouchedAsync();
        (await Bed.CancelAsync(order)).Entries.Count(entry => entry.Step?.State == OrderState.Cancelled).ShouldBe(1);
    }

    [Fact]
    public async Task A_choice_that_this_helper_cannot_carry_out_is_not_planned()
    {
        await Bed.Plans.Repository.AddAsync(new RpmSpec("app", "1.1"), Stop);
        await Bed.Plans.Repository.PublishAsync(Stop);
        Bed.Plans.List(catalogue => catalogue.Packages.Add(new Package
        {
            Name = "app",
            RepositoryId = PlanBed.RepositoryId,
            Options = { new PackageOption { Port = new PortOption { Lowest = 1, Highest = 65535 } } },
        }));
        PackageInstall chosen = new() { Name = "app", Choices = { new PackageChoice { Port = 8080 } } };

        PlanAnswer answer = await Bed.Plans.AskAsync(new PlanRequest { InstallPackages = new InstallPackages { Packages = { chosen } } });

        answer.Refusal.Reason.ShouldBe(PlanRefusalReason.NotSupported);
    }

    private async Task<PlanAnswer> PlanInstallationOfBothAsync()
    {
        await Bed.Plans.Repository.AddAsync(new RpmSpec("app", "1.1") { Header = ["Requires: lib"] }, Stop);
        await Bed.Plans.Repository.PublishAsync(Stop);
        Bed.Plans.List("app", "lib");
        return await Bed.Plans.InstallAsync("app");
    }
}
