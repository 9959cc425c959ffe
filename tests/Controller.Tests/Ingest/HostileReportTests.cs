using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What breaks the rules of the protocol is refused with words that say what to do; nothing of it stays.</summary>
public abstract class HostileReportTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_agents_id_is_refused()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent other = await controller.EnrolAsync("web-02");
        using LinkedAgent agent = LinkedAgent.Dial(controller, await controller.EnrolAsync("web-01"));
        Hello hello = agent.Hello();
        hello.AgentId = other.Enrolled.AgentId;
        await agent.SendAsync(new ConnectRequest { Hello = hello });

        Status status = await agent.EndAsync();
        status.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        status.Detail.ShouldContain("certificate");
    }

    [Fact]
    public async Task Without_a_certificate_no_stream_opens()
    {
        await using RunningController controller = RunningController.Start(kind);
        AgentLinkService.AgentLinkServiceClient client = new(RunningController.Channel(controller.AgentsUrl, controller.Ca.Handler()));
        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call = client.Connect(cancellationToken: Token);
        RpcException refused = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Reports_before_Hello_are_refused()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = LinkedAgent.Dial(controller, await controller.EnrolAsync("web-01"));
        await agent.SendReportsAsync(agent.Report(1, TimeSpan.Zero, Reports.Failed));
        (await agent.EndAsync()).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Theory]
    [InlineData("an unknown enum value", "protocol is 99")]
    [InlineData("an unspecified enum value", "source is not set")]
    [InlineData("no body", "no body")]
    [InlineData("NaN", "values[0] is not a number")]
    [InlineData("uneven columns", "2 series and 1 values")]
    [InlineData("a sequence that does not rise", "sequences must rise")]
    [InlineData("a broken time", "observed_time is not a time")]
    [InlineData("a short id", "report_id has 3 bytes")]
    [InlineData("a huge text", "host_name has 5000 characters")]
    [InlineData("too many disks", "disks has 5000 entries")]
    [InlineData("a huge report", "bytes; at most")]
    [InlineData("a gap of more than ever was", "dropped_count is 9223372036854775807")]
    [InlineData("a gap of less than nothing", "dropped_count is -1")]
    public async Task A_report_with_a_fault_ends_the_stream_and_names_the_field(string fault, string expected)
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.SendReportsAsync(Broken(agent, fault));

        Status status = await agent.EndAsync();
        status.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        status.Detail.ShouldContain(expected);
        (await controller.Service<IncidentBoard>().ListAsync(true, null, Token)).Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_megabytes_of_disks_are_refused_and_the_controller_goes_on()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent identity = await controller.EnrolAsync("web-01");
        using (LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity))
        {
            DiskReading[] disks = [.. Enumerable.Range(0, 100_000).Select(i => Reports.Nvme($"S{i:D10}"))];
            Task sending = agent.SendReportsAsync(agent.Report(1, TimeSpan.Zero, Reports.Disks(disks)));
            Status status = await agent.EndAsync();
            await sending.ContinueWith(_ => { }, Token);
            status.StatusCode.ShouldBe(StatusCode.ResourceExhausted, status.Detail);
        }

        using LinkedAgent next = await LinkedAgent.ConnectAsync(controller, identity);
        await next.DeliverAsync(next.Report(1, TimeSpan.Zero, Reports.Failed));
    }

    [Fact]
    public async Task A_clock_that_is_a_day_off_is_warned_of_and_detection_is_right_all_the_same()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent identity = await controller.EnrolAsync("web-01");
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity, clockOff: TimeSpan.FromDays(1));
        Report report = agent.Report(1, TimeSpan.FromSeconds(20), Reports.Failed);
        report.ObservedTime = (report.ObservedTime.ToDateTimeOffset() + TimeSpan.FromDays(1)).ToTimestamp();
        report.Services.Checks[0].CheckedTime = report.ObservedTime;
        await agent.DeliverAsync(report);

        IncidentView incident = (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();
        (controller.Time.GetUtcNow() - incident.DetectedAt).ShouldBe(TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(10));
        (await controller.Service<ServerObservations>().WarningsAsync(only: null, Token))[incident.ServerId].ShouldHaveSingleItem()
            .ShouldStartWith("The server's clock is 1 d 0 h ahead");
    }

    [Fact]
    public async Task An_observation_from_the_future_is_bounded_by_its_receipt_and_marked()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        Report report = agent.Report(1, -TimeSpan.FromHours(3), Reports.Failed);
        await agent.DeliverAsync(report);

        IncidentView incident = (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();
        incident.DetectedAt.ShouldBeLessThanOrEqualTo(controller.Time.GetUtcNow());
        incident.Findings[0].Evidence.ShouldContain(e => e.Name == "time" && e.Value.Contains("future"));
    }

    private static Report[] Broken(LinkedAgent agent, string fault)
    {
        Report good = agent.Report(2, TimeSpan.Zero, Reports.Disks(Reports.Nvme("S1")));
        switch (fault)
        {
            case "an unknown enum value":
                good.Hardware.Measured.Disks[0].Protocol = (DiskProtocol)99;
                break;
            case "an unspecified enum value":
                good.Hardware.Source = HardwareSource.Unspecified;
                break;
            case "no body":
                good.ClearBody();
                break;
            case "NaN":
                Reports.Load(double.NaN, named: true)(good);
                break;
            case "uneven columns":
                Reports.Load(1, named: true)(good);
                good.Measurements.Series.Add(2);
                break;
            case "a sequence that does not rise":
                return [good, agent.Report(2, TimeSpan.Zero, Reports.Failed)];
            case "a broken time":
                good.ObservedTime = new Timestamp { Seconds = long.MaxValue };
                break;
            case "a short id":
                good.ReportId = Google.Protobuf.ByteString.CopyFrom(1, 2, 3);
                break;
            case "a huge text":
                good.Inventory = new() { HostName = new string('x', 5000) };
                break;
            case "too many disks":
                Reports.Disks([.. Enumerable.Range(0, 5000).Select(i => new DiskReading { Device = "sd" + i, Protocol = DiskProtocol.Ata })])(good);
                break;
            case "a huge report":
                Reports.Disks([.. Enumerable.Range(0, 4000).Select(i => Reports.Nvme(new string('S', 300) + i))])(good);
                break;
            case "a gap of more than ever was":
                good.SpoolGap = new() { FirstSequence = 1, LastSequence = 1, DroppedCount = long.MaxValue };
                break;
            case "a gap of less than nothing":
                good.SpoolGap = new() { FirstSequence = 1, LastSequence = 1, DroppedCount = -1 };
                break;
        }

        return [good];
    }

    public sealed class OnSqlite() : HostileReportTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : HostileReportTests(StoreKind.Postgres);
}
