using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;
using HaiSoft.Agent.Tests.Session;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Identity;

/// <summary>Renewal of the certificate (DESIGN 4).</summary>
public sealed class RenewalTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<Observation> _observed = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.0, 10.8)]
    [InlineData(0.5, 12.0)]
    [InlineData(1.0, 13.2)]
    public void It_is_due_at_half_of_the_life_give_or_take_a_tenth(double chance, double hours)
    {
        DateTimeOffset issued = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        RenewalSchedule.DueTime(issued, issued.AddHours(24), chance).ShouldBe(issued.AddHours(hours), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(3, 2, 4)]
    [InlineData(30, 30, 60)]
    public void Failures_are_retried_ever_later_up_to_an_hour(int failures, double least, double most)
    {
        RenewalSchedule.RetryAfter(failures, 0).ShouldBe(TimeSpan.FromMinutes(least));
        RenewalSchedule.RetryAfter(failures, 1).ShouldBe(TimeSpan.FromMinutes(most));
    }

    [Fact]
    public async Task A_renewed_certificate_has_a_fresh_key_and_is_stored()
    {
        await using FakeController controller = await FakeController.StartAsync();
        AgentIdentity old = controller.MakeIdentity();
        CurrentIdentity current = new(old);
        Task changed = current.Get().Changed;
        (await Create(current).TryRenewAsync(old, TestContext.Current.CancellationToken)).ShouldBeTrue();

        changed.IsCompleted.ShouldBeTrue();
        AgentIdentity renewed = current.Get().Identity;
        renewed.KeyPem.ShouldNotBe(old.KeyPem);
        renewed.AgentId.ShouldBe(old.AgentId);
        new IdentityStore(_folder.Path).Load()!.KeyPem.ShouldBe(renewed.KeyPem);
    }

    [Fact]
    public async Task A_refused_renewal_leaves_the_identity_and_is_a_fault()
    {
        await using FakeController controller = await FakeController.StartAsync();
        controller.Refusal = new RpcException(new Grpc.Core.Status(StatusCode.PermissionDenied, "revoked"));
        AgentIdentity identity = controller.MakeIdentity();
        CurrentIdentity current = new(identity);
        (await Create(current).TryRenewAsync(identity, TestContext.Current.CancellationToken)).ShouldBeFalse();

        current.Get().Identity.ShouldBeSameAs(identity);
        AgentFaultObserved fault = _observed.ShouldHaveSingleItem().ShouldBeOfType<AgentFaultObserved>();
        (fault.Part, fault.Failing).ShouldBe((AgentPart.Renewal, true));
        fault.Detail.ShouldContain("revoked");
    }

    [Fact]
    public async Task An_expired_certificate_that_cannot_be_renewed_says_to_enrol_again()
    {
        await using FakeController controller = await FakeController.StartAsync();
        controller.Refusal = new RpcException(new Grpc.Core.Status(StatusCode.Unauthenticated, "expired"));
        AgentIdentity identity = controller.MakeIdentity(TimeSpan.FromMinutes(-1));
        await Create(new CurrentIdentity(identity)).TryRenewAsync(identity, TestContext.Current.CancellationToken);

        _observed.OfType<AgentFaultObserved>().Single().Detail.ShouldContain("enrol again");
    }

    [Fact]
    public void A_damaged_identity_says_to_enrol_again()
    {
        IdentityStore store = new(_folder.Path);
        _folder.Write("identity.json", "{\"agentId\": \"a\"}");
        Should.Throw<InvalidDataException>(() => store.Load()).Message.ShouldContain("Enrol again");
    }

    private Renewal Create(CurrentIdentity current)
    {
        AgentClock clock = AgentClock.OfHost(FileRoots.System);
        AgentFaults faults = new(clock, (observation, _) =>
        {
            if (observation is AgentFaultObserved { Failing: true })
            {
                _observed.Add(observation);
            }
        });
        return new Renewal(
            current, new IdentityStore(_folder.Path), new ControllerClock(clock.Time, TimeSpan.Zero), faults, clock.Time, NullLogger<Renewal>.Instance);
    }
}
