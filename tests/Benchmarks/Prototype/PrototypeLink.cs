using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Benchmarks.Prototype;

/// <summary>Speaks the agents' protocol as far as reports need it.</summary>
internal sealed class PrototypeLink(PrototypeStore store) : AgentLinkService.AgentLinkServiceBase
{
    private const int Credit = 1 << 20;

    public override async Task Connect(
        IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Hello is not { } hello)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The first message must be Hello."));

        await responseStream.WriteAsync(
            new ConnectResponse { Welcome = new Welcome { ServerTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()), CreditBytes = Credit } },
            context.CancellationToken);
        Channel<PrototypeItem> durable = Channel.CreateUnbounded<PrototypeItem>(new UnboundedChannelOptions { SingleReader = true });
        Task speaking = SpeakAsync(hello.SpoolEpoch, durable.Reader, responseStream, context.CancellationToken);
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            if (requestStream.Current.Reports is { } batch)
                store.Add(new PrototypeItem(hello.AgentId, batch.Reports, durable.Writer));
        }

        durable.Writer.TryComplete();
        await speaking;
    }

    private static async Task SpeakAsync(
        string epoch, ChannelReader<PrototypeItem> durable, IServerStreamWriter<ConnectResponse> responses, CancellationToken cancellationToken)
    {
        while (await durable.WaitToReadAsync(cancellationToken))
        {
            long last = 0;
            long bytes = 0;
            while (durable.TryRead(out PrototypeItem? item))
            {
                last = item.Reports[^1].Sequence;
                bytes += item.Reports.Sum(report => report.CalculateSize());
            }

            await responses.WriteAsync(
                new ConnectResponse { Ack = new Ack { SpoolEpoch = epoch, Sequence = last, CreditBytes = bytes } }, cancellationToken);
        }
    }
}

/// <summary>Reports of one agent that wait to be committed.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Reports">In order.</param>
/// <param name="Durable">Who is told when they are.</param>
internal sealed record PrototypeItem(string Agent, IReadOnlyList<Report> Reports, ChannelWriter<PrototypeItem> Durable);
