using Grpc.Core;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>One identity cannot hold any number of streams, each of which costs memory.</summary>
public sealed class ManyStreamsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_of_one_identity_are_bounded_and_those_that_stand_go_on()
    {
        await using RunningController controller = RunningController.Start();
        TestAgent identity = await controller.EnrolAsync("web-01");
        List<LinkedAgent> standing = [];
        for (int i = 0; i < AgentStreams.MostOfServer; i++)
            standing.Add(await LinkedAgent.ConnectAsync(controller, identity, epoch: EpochOf(i), run: $"{i}"));

        using LinkedAgent another = LinkedAgent.Dial(controller, identity);
        await another.SendAsync(new() { Hello = another.Hello(epoch: EpochOf(99)) });
        Status refused = await another.EndAsync();

        refused.StatusCode.ShouldBe(StatusCode.ResourceExhausted, refused.Detail);
        controller.Service<AgentStreams>().Count.ShouldBe(AgentStreams.MostOfServer);
        await standing[0].DeliverAsync(standing[0].Report(1, TimeSpan.Zero, Reports.Running));

        using LinkedAgent again = await LinkedAgent.ConnectAsync(controller, identity, last: 1, epoch: EpochOf(0), run: "0");
        again.Welcome!.LastDurableSequence.ShouldBe(1, "a stream that takes another's place is no more than there were");
        (await standing[0].EndAsync()).StatusCode.ShouldBe(StatusCode.Aborted);
        standing.ForEach(agent => agent.Dispose());
    }

    [Fact]
    public async Task Another_server_has_streams_of_its_own()
    {
        await using RunningController controller = RunningController.Start();
        TestAgent identity = await controller.EnrolAsync("web-01");
        List<LinkedAgent> standing = [];
        for (int i = 0; i < AgentStreams.MostOfServer; i++)
            standing.Add(await LinkedAgent.ConnectAsync(controller, identity, epoch: EpochOf(i)));

        using LinkedAgent other = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-02"));

        other.Welcome.ShouldNotBeNull();
        standing.ForEach(agent => agent.Dispose());
    }

    private static string EpochOf(int number) => $"{number:d32}";
}
