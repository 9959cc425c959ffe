using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>The beginning of a stream: who calls, and its Hello. What is refused is counted.</summary>
internal sealed class Greeting(IngestMetrics metrics, IOptions<IngestOptions> options)
{
    private readonly TimeSpan _helloWithin = options.Value.HelloWithin;

    /// <summary>Waits for the Hello of the agent that the certificate names.</summary>
    /// <exception cref="RpcException">There is none, or it does not hold; the detail says why.</exception>
    public Task<(AgentIdentity Identity, Hello Hello)> MeetAsync(IAsyncStreamReader<ConnectRequest> requests, ServerCallContext context) =>
        CountedAsync(GreetAsync(requests, context));

    /// <summary>Waits until the Hello is durable: the stream is open.</summary>
    /// <exception cref="RpcException">It is not taken; the detail says why.</exception>
    public async Task<Accepted> AcceptedAsync(HelloWork work)
    {
        Accepted accepted = await CountedAsync(work.Accepted);
        metrics.Accepted();
        return accepted;
    }

    private async Task<(AgentIdentity Identity, Hello Hello)> GreetAsync(IAsyncStreamReader<ConnectRequest> requests, ServerCallContext context)
    {
        AgentIdentity identity = AgentIdentity.Of(context.GetHttpContext())
            ?? throw new RpcException(new(StatusCode.Unauthenticated, "An enrolled certificate is needed: run haisoft-agent enroll."));
        Hello hello = await ReadHelloAsync(requests, context.CancellationToken);
        return HelloFaults.Find(hello, identity) is { } fault ? throw new RpcException(fault) : (identity, hello);
    }

    private async Task<Hello> ReadHelloAsync(IAsyncStreamReader<ConnectRequest> requests, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_helloWithin);
        try
        {
            if (await requests.MoveNext(patience.Token) && requests.Current.MessageCase == ConnectRequest.MessageOneofCase.Hello)
                return requests.Current.Hello;
        }
        catch (Exception e) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or RpcException)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"No Hello within {_helloWithin.TotalSeconds:0} s."));
        }

        throw new RpcException(new(StatusCode.InvalidArgument, "The first message must be Hello."));
    }

    private async Task<T> CountedAsync<T>(Task<T> greeting)
    {
        try
        {
            return await greeting;
        }
        catch (RpcException e)
        {
            metrics.Refused(e.StatusCode);
            throw;
        }
    }
}
