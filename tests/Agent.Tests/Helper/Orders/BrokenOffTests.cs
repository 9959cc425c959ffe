using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Processes that are killed (SIGKILL) in the middle, or a job that ends: each order is started once, and what is told is what is there.</summary>
public sealed class BrokenOffTests : OnOrderBed
{
    // Lua, which rpm itself runs inside of the server's root folder: it says that it has begun, and waits until it may go on.
    private static string Waiting(string section) =>
        $"{section} -p <lua>\nio.open('/begun', 'w'):close()\nwhile not posix.stat('/go') do posix.sleep(1) end";

    private async Task<byte[]> BeginAsync(PlanAnswer plan)
    {
        byte[] order = Bed.Order(plan);
        await Bed.GiveAsync(order);
        await Bed.UntilAsync(() => File.Exists(Bed.Plans.Root["/begun"]));
        return order;
    }

    private void LetGo() => File.WriteAllText(Bed.Plans.Root["/go"], "");

    private void ShouldHaveBeenStartedOnce(byte[] order) => Bed.States(order).Count(state => state == OrderState.Running).ShouldBe(1);

    [Fact]
    public async Task The_helper_killed_while_dnf_goes_on_to_its_end()
    {
        byte[] order = await BeginAsync(await PlanUpdateAsync(new RpmSpec("app", "1.1") { Scripts = [Waiting("%post")] }));

        OrderProcesses.KillHelper(Bed.Held(order)).ShouldBe(1);
        Bed.Plans.Time.Advance(TimeSpan.FromMinutes(1));
        (await Bed.ReadAsync()).Working.ShouldBeTrue();
        LetGo();
        OrderStep end = await Bed.EndAsync(order);

        ShouldHaveBeenStartedOnce(order);
        end.State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        (await Bed.InstalledAsync("app")).ShouldBe(["1.1"]);
    }

    [Fact]
    public async Task Dnf_killed_alone_in_a_script_of_an_installation()
    {
        byte[] order = await BeginAsync(await PlanInstallationAsync(new RpmSpec("app", "1.1") { Scripts = [Waiting("%post")] }));

        OrderProcesses.KillDnf(Bed.Held(order)).ShouldBe(1);
        LetGo();
        OrderStep end = await Bed.EndAsync(order);

        ShouldHaveBeenStartedOnce(order);
        end.State.ShouldBe(OrderState.Reconciled, Bed.Tell(order));
        (await Bed.InstalledAsync("app")).ShouldBe(["1.1"]);
    }

    [Fact]
    public async Task The_job_killed_before_its_intent_goes_on_when_it_is_asked_again()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        Bed.Take(order);
        Bed.Restart();

        (await Bed.EndAsync(order)).State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        ShouldHaveBeenStartedOnce(order);
    }

    [Fact]
    public async Task An_intent_without_a_start_is_not_started_when_the_window_is_over()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        Bed.Take(order);
        Bed.Held(order).Append(new OrderStep { State = OrderState.Intent });
        Bed.Plans.Time.Advance(TimeSpan.FromHours(3));

        Bed.Restart();
        OrderStep end = await Bed.EndAsync(order);

        end.Failure.ShouldBe(OrderFailure.WindowOver);
        Bed.Starts.ShouldBeEmpty();
        (await Bed.InstalledAsync("app")).ShouldBeEmpty();
    }
}
