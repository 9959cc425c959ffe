using Grpc.Core;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session;

/// <summary>The receiving side of one stream after Welcome.</summary>
internal sealed class LinkReceiver(Outbox outbox, ControllerWishes wishes, Reconnect reconnect, Caution caution)
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the controller asks the agent to end the stream.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Takes what the controller says, until it ends the stream.</summary>
    public async Task RunAsync(IAsyncStreamReader<ConnectResponse> responses, LinkSender sender, CancellationToken cancellationToken)
    {
        while (await responses.MoveNext(cancellationToken))
        {
            Take(responses.Current, sender);
        }
    }

    private void Take(ConnectResponse response, LinkSender sender)
    {
        switch (response.MessageCase)
        {
            case ConnectResponse.MessageOneofCase.Ack:
                sender.Window.Add(response.Ack.CreditBytes);
                outbox.Acknowledge(response.Ack.SpoolEpoch, response.Ack.Sequence);
                if (caution.OneByOne || response.Ack.CreditBytes > 0)
                {
                    outbox.Nudge();
                }

                break;
            case ConnectResponse.MessageOneofCase.Credit:
                sender.Window.Add(response.Credit.AdditionalBytes);
                outbox.Nudge();
                break;
            case ConnectResponse.MessageOneofCase.Drain:
                reconnect.Hint(response.Drain.ReconnectWithin?.ToTimeSpan());
                _drained.TrySetResult(); // acknowledgements of what was sent may still come
                break;
            default:
                wishes.Take(response, sender);
                break;
        }
    }
}
