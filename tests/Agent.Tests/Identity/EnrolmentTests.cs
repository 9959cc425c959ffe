using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Tests.Session;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Identity;

/// <summary>What <c>enroll</c> does and says, against a controller's side in this process.</summary>
public sealed class EnrolmentTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_good_token_gives_an_identity_that_only_its_owner_can_read()
    {
        await using FakeController controller = await FakeController.StartAsync();
        Enrolment.Outcome outcome = await EnrolAsync(controller, controller.Token);

        Enrolment.Outcome.Done done = outcome.ShouldBeOfType<Enrolment.Outcome.Done>();
        done.Warning.ShouldBeNull();
        IdentityStore store = new(_folder.Path);
        store.Load().ShouldNotBeNull().AgentId.ShouldBe("agent-1");
        File.GetUnixFileMode(store.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_private_key_does_not_leave_the_server()
    {
        await using FakeController controller = await FakeController.StartAsync();
        await EnrolAsync(controller, controller.Token);

        controller.Enrolments.TryPeek(out var request).ShouldBeTrue();
        string key = new IdentityStore(_folder.Path).Load()!.KeyPem;
        request.ToString().ShouldNotContain(key[40..80]);
    }

    [Fact]
    public async Task Another_controller_is_recognised_before_it_gets_the_token()
    {
        await using FakeController meant = await FakeController.StartAsync();
        await using FakeController other = await FakeController.StartAsync();
        (await FailAsync(other, meant.Token)).ShouldContain("comes from another CA");
        other.Enrolments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_for_other_names_is_told()
    {
        await using FakeController controller = await FakeController.StartAsync(names: "controller.example");
        (await FailAsync(controller, controller.Token)).ShouldContain("PublicAddress");
    }

    [Fact]
    public async Task A_clock_that_is_behind_the_certificate_is_told()
    {
        await using FakeController controller = await FakeController.StartAsync(notBefore: FakeController.Now.AddDays(1), notAfter: FakeController.Now.AddDays(9));
        (await FailAsync(controller, controller.Token)).ShouldContain("clock is probably behind");
    }

    [Fact]
    public async Task A_clock_that_is_ahead_of_the_certificate_is_told()
    {
        await using FakeController controller = await FakeController.StartAsync(notBefore: FakeController.Now.AddDays(-9), notAfter: FakeController.Now.AddDays(-1));
        (await FailAsync(controller, controller.Token)).ShouldContain("clock is probably ahead");
    }

    [Fact]
    public async Task A_clock_a_day_off_still_enrols_and_warns()
    {
        await using FakeController controller = await FakeController.StartAsync();
        controller.ClockOffset = TimeSpan.FromDays(1);
        Enrolment.Outcome.Done done = (await EnrolAsync(controller, controller.Token)).ShouldBeOfType<Enrolment.Outcome.Done>();
        done.Warning.ShouldNotBeNull().ShouldContain("behind the controller's");
        done.Identity.ControllerOffset.TotalHours.ShouldBe(24, 0.1);
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied, "The token was used already; make a new one.")]
    [InlineData(StatusCode.InvalidArgument, "The key cannot be used.")]
    public async Task What_the_controller_says_is_shown_as_it_says_it(StatusCode code, string detail)
    {
        await using FakeController controller = await FakeController.StartAsync();
        controller.Refusal = new RpcException(new Grpc.Core.Status(code, detail));
        (await FailAsync(controller, controller.Token)).ShouldBe(detail);
        new IdentityStore(_folder.Path).Exists.ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_listening_is_told()
    {
        await using FakeController controller = await FakeController.StartAsync();
        (await FailAsync(new ControllerAddress("localhost", 1), controller.Token)).ShouldContain("refuses the connection");
    }

    [Fact]
    public async Task A_failed_enrolment_leaves_the_old_identity()
    {
        await using FakeController controller = await FakeController.StartAsync();
        IdentityStore store = new(_folder.Path);
        store.Save(controller.MakeIdentity());
        controller.Refusal = new RpcException(new Grpc.Core.Status(StatusCode.PermissionDenied, "no"));
        await FailAsync(controller, controller.Token);
        store.Load().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hse1.abc.def")]
    [InlineData("hse2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("hse1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("hse1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public void A_token_that_is_not_whole_is_none(string text) => EnrolmentToken.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("controller.example", "controller.example:7443")]
    [InlineData("controller.example:1", "controller.example:1")]
    [InlineData("10.0.0.1:7443", "10.0.0.1:7443")]
    [InlineData("[2001:db8::1]:7443", "[2001:db8::1]:7443")]
    public void An_address_is_read(string text, string read) => ControllerAddress.Parse(text).ShouldNotBeNull().ToString().ShouldBe(read);

    [Theory]
    [InlineData("")]
    [InlineData("controller.example:")]
    [InlineData("controller.example:0")]
    [InlineData("controller.example:65536")]
    [InlineData("https://controller.example")]
    [InlineData("2001:db8::1")]
    [InlineData("a b")]
    public void What_is_no_address_is_none(string text) => ControllerAddress.Parse(text).ShouldBeNull();

    private async Task<string> FailAsync(FakeController controller, string token) => await FailAsync(controller.Address, token);

    private async Task<string> FailAsync(ControllerAddress address, string token) =>
        (await EnrolAsync(address, token)).ShouldBeOfType<Enrolment.Outcome.Failed>().Reason;

    private Task<Enrolment.Outcome> EnrolAsync(FakeController controller, string token) => EnrolAsync(controller.Address, token);

    private Task<Enrolment.Outcome> EnrolAsync(ControllerAddress address, string token) =>
        new Enrolment(new IdentityStore(_folder.Path), FileRoots.System, TimeProvider.System)
            .EnrolAsync(address, EnrolmentToken.Parse(token)!, "", TestContext.Current.CancellationToken);
}
