using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Session;
using HaiSoft.Agent.Spool;
using HaiSoft.Agent.Tests.Spool;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Session;

/// <summary>The one stream, against a controller's side in this process.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private FakeController _controller = null!;

    public async ValueTask InitializeAsync() => _controller = await FakeController.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controller.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_observed_before_the_connection_is_sent_after_it_in_order()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        for (var i = 1; i <= 20; i++)
        {
            agent.Observe($"fault {i}");
        }

        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => Details().Count() == 20);

        Details().ShouldBe(Enumerable.Range(1, 20).Select(i => $"fault {i}"));
        _controller.Link.Reports.Select(report => report.Sequence).ShouldBeInOrder();
        _controller.Link.Hellos[0].AgentId.ShouldBe("agent-1");
    }

    [Fact]
    public async Task After_a_cut_nothing_is_lost_and_nothing_is_sent_twice()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        agent.Observe("before");
        await _controller.Link.UntilAsync(() => Details().Contains("before"));

        _controller.Link.Cut();
        agent.Observe("after");
        await _controller.Link.UntilAsync(() => Details().Contains("after"));

        Details().ShouldBe(["before", "after"]);
        _controller.Link.Hellos.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_copied_server_dials_again_with_a_new_epoch_and_loses_nothing()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        string shared = agent.Outbox.Epoch;
        _controller.Link.SharedEpoch = shared;
        agent.Observe("mine");
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => Details().Contains("mine"));

        Details().ShouldBe(["mine"]);
        _controller.Link.Hellos.Count.ShouldBe(2);
        _controller.Link.Hellos[1].SpoolEpoch.ShouldNotBe(shared);
        _controller.Link.Hellos.Select(hello => hello.RunId).Distinct().ShouldHaveSingleItem().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_restored_controller_gets_again_what_came_after_its_copy()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        for (var i = 1; i <= 5; i++)
        {
            agent.Observe($"fault {i}");
        }

        await _controller.Link.UntilAsync(() => Details().Count() == 5);
        long durable = _controller.Link.Reports.Single(report => report.AgentFault?.Detail == "fault 2").Sequence;
        _controller.Link.Durable = durable;
        _controller.Link.Cut();
        await _controller.Link.UntilAsync(() => Details().Count() >= 8);

        Details().Skip(5).ShouldBe(["fault 3", "fault 4", "fault 5"]);
    }

    [Fact]
    public async Task A_controller_that_holds_more_than_the_spool_gets_a_new_epoch_and_everything_unacknowledged()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        agent.Observe("kept");
        _controller.Link.Durable = 1000;
        Task first = _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        await agent.ConnectAsync();
        await first;
        _controller.Link.Durable = 0;
        await _controller.Link.UntilAsync(() => Details().Contains("kept"));

        _controller.Link.Hellos[^1].SpoolEpoch.ShouldNotBe(_controller.Link.Hellos[0].SpoolEpoch);
        _controller.Link.Reports[0].Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task Without_credit_nothing_is_sent_and_with_it_all_of_it()
    {
        _controller.Link.Credit = 0;
        _controller.Link.HoldAcks = true;
        await using AgentUnderTest agent = new(_controller, _folder);
        agent.Observe("first", Priority.Urgent);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        _controller.Link.Say(new ConnectResponse { Check = new CheckRequest { RequestId = "r", ServiceId = "none" } });
        await _controller.Link.UntilAsync(() => _controller.Link.Answers.Count == 1);
        _controller.Link.Reports.ShouldBeEmpty();

        _controller.Link.Say(new ConnectResponse { Credit = new Credit { AdditionalBytes = 10_000 } });
        await _controller.Link.UntilAsync(() => Details().Contains("first"));
    }

    [Fact]
    public async Task A_check_of_an_unknown_service_is_answered_without_one()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        _controller.Link.Say(new ConnectResponse { Check = new CheckRequest { RequestId = "r1", ServiceId = "systemd:none.service" } });
        await _controller.Link.UntilAsync(() => _controller.Link.Answers.Count == 1);

        _controller.Link.Answers[0].RequestId.ShouldBe("r1");
        _controller.Link.Answers[0].Check.ShouldBeNull();
    }

    [Fact]
    public async Task A_check_that_is_asked_for_is_answered_and_reported()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        _controller.Link.Say(Configure(7, new ServiceDefinition
        {
            ServiceId = "tcp:own",
            Kind = CheckKind.Tcp,
            Role = ServiceRole.Other,
            Origin = ServiceOrigin.Controller,
            Port = _controller.Address.Port,
        }));
        _controller.Link.Say(new ConnectResponse { Check = new CheckRequest { RequestId = "r1", ServiceId = "tcp:own" } });
        await _controller.Link.UntilAsync(() => _controller.Link.Answers.Count == 1 && _controller.Link.Reports.Any(report => report.Services is not null));

        _controller.Link.Answers[0].Check.Tcp.Outcome.ShouldBe(ConnectionOutcome.Open);
        _controller.Link.Reports.Last(report => report.Services is not null).Services.ConfigurationVersion.ShouldBe(7);
    }

    [Fact]
    public async Task A_definition_that_leaves_the_server_is_refused_and_told()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        _controller.Link.Say(Configure(3, new ServiceDefinition
        {
            ServiceId = "fs",
            Kind = CheckKind.FileSystem,
            Role = ServiceRole.Storage,
            Origin = ServiceOrigin.Controller,
            MountPoint = "relative",
        }));
        await _controller.Link.UntilAsync(() => Details().Any(detail => detail.Contains("absolute path", StringComparison.Ordinal)));

        agent.Catalogue.List().ShouldBeEmpty();
        agent.Catalogue.ConfigurationVersion.ShouldBe(3);
    }

    [Fact]
    public async Task A_resync_reaches_every_sensor()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        Task asked = agent.Resync.Next;
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        _controller.Link.Say(new ConnectResponse { Resync = new ResyncRequest { Reason = ResyncReason.Gap } });

        await asked.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_drained_stream_ends_in_good_order_and_is_dialled_again()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        _controller.Link.Say(new ConnectResponse { Drain = new Drain { ReconnectWithin = Duration.FromTimeSpan(TimeSpan.Zero) } });
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 2);

        agent.State.Get().LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Streams_are_renewed_again_and_again_and_no_report_is_lost_or_doubled()
    {
        const int Count = 300;
        LinkOptions restless = new() { RenewAfter = TimeSpan.FromMilliseconds(40) };
        await using AgentUnderTest agent = new(_controller, _folder, link: restless);
        await agent.ConnectAsync();
        for (var i = 1; i <= Count; i++)
        {
            agent.Observe($"fault {i}", i % 10 == 0 ? Priority.Urgent : Priority.Ordinary);
            int sent = i;
            await _controller.Link.UntilAsync(() => _controller.Link.Reports.Count >= sent - 5);
        }

        await _controller.Link.UntilAsync(() => Details().Contains($"fault {Count}"));
        Details().ShouldBe(Enumerable.Range(1, Count).Select(i => $"fault {i}"));
        _controller.Link.Hellos.Count.ShouldBeGreaterThan(3);
        (_controller.Link.Hellos.Count - _controller.Link.HalfCloses).ShouldBeLessThanOrEqualTo(1, "each ended in good order");
    }

    [Fact]
    public async Task A_stream_is_half_closed_when_the_agent_stops_after_what_was_observed_last()
    {
        await using (AgentUnderTest agent = new(_controller, _folder))
        {
            await agent.ConnectAsync();
            await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
            agent.Observe("last words");
            await _controller.Link.UntilAsync(() => Details().Contains("last words"));
        }

        _controller.Link.HalfCloses.ShouldBe(1);
    }

    [Fact]
    public async Task A_controller_that_refuses_for_now_is_dialled_again_when_it_said()
    {
        _controller.Link.RefuseNext = new RpcException(
            new Grpc.Core.Status(StatusCode.Unavailable, "too many"), new Metadata { { "retry-after", "1" } });
        await using AgentUnderTest agent = new(_controller, _folder);
        agent.Observe("patient");
        long begun = TimeProvider.System.GetTimestamp();
        await agent.ConnectAsync();
        await Eventually.HoldsAsync(() => agent.State.Get().LastError is not null, "a refusal");
        agent.State.Get().LastError!.ShouldContain("sends this agent away for now: too many");
        await _controller.Link.UntilAsync(() => Details().Contains("patient"));

        TimeProvider.System.GetElapsedTime(begun).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Another_certificate_is_used_at_once()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);
        AgentIdentity renewed = _controller.MakeIdentity();
        agent.Identity.Set(renewed);
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 2);
    }

    [Fact]
    public async Task A_report_that_the_controller_refuses_is_left_out_and_those_behind_it_come_through()
    {
        _controller.Link.Refuses = report => report.AgentFault?.Detail == "poison";
        await using AgentUnderTest agent = new(_controller, _folder);
        foreach (string detail in (string[])["before", "poison", "after", "last"])
        {
            agent.Observe(detail, Priority.Urgent);
        }

        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => Details().Contains("last"));

        Details().ShouldBe(["before", "after", "last"]);
        _controller.Link.Reports.ShouldContain(report => report.SpoolGap != null && report.SpoolGap.DroppedCount == 1);
    }

    [Fact]
    public async Task Dropped_records_are_told_exactly_as_a_gap()
    {
        SpoolOptions tiny = new() { MaximumBytes = 64 * 1024, SegmentBytes = 8 * 1024 };
        await using AgentUnderTest agent = new(_controller, _folder, spool: tiny);
        string filler = new('x', 280);
        for (var i = 0; i < 400; i++)
        {
            agent.Observe(filler);
        }

        agent.Observe("last", Priority.Urgent);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => Details().Contains("last"));

        IReadOnlyList<Report> reports = _controller.Link.Reports;
        reports.ShouldContain(report => report.SpoolGap != null);
        reports.Sum(report => report.SpoolGap?.DroppedCount ?? 1).ShouldBe(reports[^1].Sequence);
        long expected = 1;
        foreach (Report report in reports)
        {
            (report.SpoolGap?.FirstSequence ?? report.Sequence).ShouldBe(expected);
            (report.SpoolGap?.LastSequence ?? report.Sequence).ShouldBe(report.Sequence);
            expected = report.Sequence + 1;
        }
    }

    private static ConnectResponse Configure(long version, params ServiceDefinition[] services) =>
        new() { Configuration = new Protocol.Agent.V1.Configuration { Version = version, Services = { services } } };

    private IEnumerable<string> Details() => _controller.Link.Reports
        .Where(report => report.AgentFault is { Part: AgentPart.Helper or AgentPart.Configuration })
        .Select(report => report.AgentFault.Detail);
}
