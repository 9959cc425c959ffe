using System.Globalization;
using Grpc.Core;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Tests.Identity;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>A controller that stops sends its agents away in good order.</summary>
public sealed class StreamDrainTests
{
    private static readonly TimeSpan ReconnectWithin = TimeSpan.FromSeconds(40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Ten_thousand_are_told_over_ten_seconds_and_the_first_wait_for_the_last()
    {
        DrainPlan plan = new(10_000, TimeSpan.FromSeconds(10), ReconnectWithin);

        plan.Length.ShouldBe(TimeSpan.FromSeconds(10));
        Enumerable.Range(0, 10_000).GroupBy(i => (int)plan.OffsetOf(i).TotalSeconds).ShouldAllBe(second => second.Count() == 1000);
        (plan.HintFor(0), plan.HintFor(5000)).ShouldBe((TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(45)));
    }

    [Fact]
    public void A_few_are_told_at_once() =>
        new DrainPlan(5, TimeSpan.FromSeconds(10), ReconnectWithin).Length.ShouldBe(TimeSpan.FromMilliseconds(50));

    [Fact]
    public async Task Agents_are_told_acknowledged_and_gone_and_one_that_does_not_go_is_cut_off()
    {
        await using RunningController controller = RunningController.Start();
        using LinkedAgent good = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        using LinkedAgent deaf = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-02"));
        TestAgent late = await controller.EnrolAsync("web-03");
        await good.SendReportsAsync(good.Report(1, TimeSpan.Zero, Reports.Running));

        Task stopping = controller.Service<IEnumerable<IHostedService>>().OfType<StreamDrain>().Single().StoppingAsync(Stop);
        controller.Time.Advance(TimeSpan.FromMilliseconds(20));
        await good.HalfCloseAsync();
        (await good.EndAsync()).StatusCode.ShouldBe(StatusCode.OK);
        using AsyncDuplexStreamingCall<HaiSoft.Protocol.Agent.V1.ConnectRequest, HaiSoft.Protocol.Agent.V1.ConnectResponse> call = late.Link().Connect();
        RpcException refused = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Stop));
        controller.Time.Advance(TimeSpan.FromSeconds(4));
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), Stop);

        good.Heard.ShouldContain(said => said.Drain != null && said.Drain.ReconnectWithin.ToTimeSpan() >= ReconnectWithin);
        good.Heard.ShouldContain(said => said.Ack != null && said.Ack.Sequence == 1);
        (refused.StatusCode, int.Parse(refused.Trailers.GetValue("retry-after")!, CultureInfo.InvariantCulture) > 2).ShouldBe((StatusCode.Unavailable, true));
        (await deaf.EndAsync()).StatusCode.ShouldBe(StatusCode.Unavailable);
    }
}
