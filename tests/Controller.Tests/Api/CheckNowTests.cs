using Grpc.Core;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Api;

/// <summary>A technician does not wait for the next round of checks.</summary>
public sealed class CheckNowTests : IAsyncLifetime
{
    private readonly RunningController _controller = RunningController.Start();
    private LinkedAgent _agent = null!;
    private RecordsService.RecordsServiceClient _records = null!;

    public async ValueTask InitializeAsync()
    {
        _agent = await LinkedAgent.ConnectAsync(_controller, await _controller.EnrolAsync("web-01"));
        await _agent.DeliverAsync(_agent.Report(1, TimeSpan.Zero, Reports.Running));
        _records = new(_controller.Technician());
    }

    public ValueTask DisposeAsync()
    {
        _agent.Dispose();
        return _controller.DisposeAsync();
    }

    [Theory]
    [InlineData("systemd:mariadb.service")]
    [InlineData("mariadb.service")]
    [InlineData("mariadb")]
    public async Task The_agent_is_asked_and_its_answer_is_judged(string service)
    {
        Task<CheckServiceResponse> answer = _records.CheckServiceAsync(new() { Server = "web-01", Service = service }).ResponseAsync;
        CheckRequest asked = await AskedAsync();
        asked.ServiceId.ShouldBe("systemd:mariadb.service");
        Report seen = _agent.Report(2, TimeSpan.Zero, Reports.Failed);
        await _agent.SendAsync(new() { CheckAnswer = new() { RequestId = asked.RequestId, Check = seen.Services.Checks[0] } });

        CheckServiceResponse told = await answer;
        told.Health.ShouldBe(Health.Failed);
        told.Service.ShouldBe("mariadb.service");
        told.Reason.ShouldContain("mariadb.service");
    }

    [Fact]
    public async Task A_service_that_the_agent_no_longer_knows_is_said_to_be_none()
    {
        Task<CheckServiceResponse> answer = _records.CheckServiceAsync(new() { Server = "web-01", Service = "mariadb" }).ResponseAsync;
        await _agent.SendAsync(new() { CheckAnswer = new() { RequestId = (await AskedAsync()).RequestId } });

        (await Should.ThrowAsync<RpcException>(answer)).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Another_service_and_another_server_are_not_found()
    {
        (await RefusedAsync("web-01", "nginx")).Detail.ShouldContain("haisoftctl server web-01");
        (await RefusedAsync("web-02", "mariadb")).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Without_a_stream_there_is_nobody_to_ask()
    {
        await _agent.HalfCloseAsync();
        await _agent.EndAsync();

        Status refused = await RefusedAsync("web-01", "mariadb");
        refused.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        refused.Detail.ShouldContain("not connected");
    }

    private async Task<CheckRequest> AskedAsync()
    {
        while (true)
        {
            if ((await _agent.NextAsync()).Check is { } check)
                return check;
        }
    }

    private async Task<Status> RefusedAsync(string server, string service) =>
        (await Should.ThrowAsync<RpcException>(_records.CheckServiceAsync(new() { Server = server, Service = service }).ResponseAsync)).Status;
}
