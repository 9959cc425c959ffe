using HaiSoft.Controller.Records;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Records;

public abstract class ServerChecksTests(StoreKind kind) : IAsyncLifetime
{
    private static readonly AddedService Database = new() { ServiceId = "tcp:3306", Check = AddedCheck.Tcp, Role = AddedRole.Database, Port = 3306 };
    private readonly RunningController _controller = RunningController.Start(kind);

    private ServerChecks Checks => _controller.Service<ServerChecks>();

    public async ValueTask InitializeAsync() => await _controller.AddServerAsync("web-01");

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task Each_change_is_a_new_version_and_is_told()
    {
        List<string> told = [];
        Checks.WhenChanged(told.Add);

        CheckPlan first = Plan(await ChangeAsync([Database], [], TimeSpan.FromMinutes(2)));
        CheckPlan second = Plan(await ChangeAsync([Database with { Port = 3307 }], [], null));
        CheckPlan third = Plan(await ChangeAsync([], ["tcp:3306"], null));

        (first.Version, second.Version, third.Version).ShouldBe((1, 2, 3));
        second.Services.Single().Port.ShouldBe(3307);
        third.Services.ShouldBeEmpty();
        third.Interval.ShouldBe(TimeSpan.FromMinutes(2));
        told.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_empty_change_only_shows_what_holds() => Plan(await ChangeAsync([], [], null)).ShouldBe(CheckPlan.Unset);

    [Theory]
    [InlineData(0.5)]
    [InlineData(16)]
    [InlineData(-5)]
    public async Task An_interval_outside_1_to_15_minutes_is_refused(double minutes) =>
        (await ChangeAsync([], [], TimeSpan.FromMinutes(minutes))).ShouldBeOfType<CheckPlanChanged.Refused>()
            .Faults.Single().ShouldContain("1 to 15 minutes");

    [Fact]
    public async Task Nothing_that_names_a_file_a_command_or_another_host_can_be_added()
    {
        AddedService[] hostile =
        [
            new() { ServiceId = "systemd:x", Check = AddedCheck.Systemd, Role = AddedRole.Other, Unit = "../../bin/sh" },
            new() { ServiceId = "systemd:y", Check = AddedCheck.Systemd, Role = AddedRole.Other, Unit = "a b.service" },
            new() { ServiceId = "systemd:z", Check = AddedCheck.Systemd, Role = AddedRole.Other, Unit = "--property=x.service\n" },
            new() { ServiceId = "http:q", Check = AddedCheck.Http, Role = AddedRole.Web, Port = 80, HostName = "10.0.0.1", Path = "/" },
            new() { ServiceId = "http:r", Check = AddedCheck.Http, Role = AddedRole.Web, Port = 80, HostName = "a.example", Path = "http://b/" },
            new() { ServiceId = "http:s", Check = AddedCheck.Http, Role = AddedRole.Web, Port = 80, HostName = "a.example", Path = "/\r\nX: y" },
            new() { ServiceId = "tcp:t", Check = AddedCheck.Tcp, Role = AddedRole.Other, Port = 0 },
            new() { ServiceId = "file:u", Check = default, Role = AddedRole.Storage },
        ];

        foreach (AddedService service in hostile)
            (await ChangeAsync([service], [], null)).ShouldBeOfType<CheckPlanChanged.Refused>(service.ServiceId);
    }

    [Fact]
    public async Task A_service_that_was_not_added_cannot_be_removed() =>
        (await ChangeAsync([], ["tcp:22"], null)).ShouldBeOfType<CheckPlanChanged.Refused>();

    private static CheckPlan Plan(CheckPlanChanged changed) => changed.ShouldBeOfType<CheckPlanChanged.Done>().Plan;

    private Task<CheckPlanChanged> ChangeAsync(AddedService[] add, string[] remove, TimeSpan? interval) =>
        Checks.ChangeAsync("web-01", new CheckPlanChange(add, remove, interval), "t", CancellationToken.None);

    public sealed class OnSqlite() : ServerChecksTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : ServerChecksTests(StoreKind.Postgres);
}
