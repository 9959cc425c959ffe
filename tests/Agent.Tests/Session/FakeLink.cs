using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Tests.Session;

/// <summary>What a fake controller remembers of agents' streams, and does on them.</summary>
internal sealed class FakeLink : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _awaited = [];
    private readonly List<Report> _reports = [];
    private readonly List<Report> _urgent = [];
    private readonly List<Hello> _hellos = [];
    private readonly List<CheckAnswer> _answers = [];
    private readonly List<PlanAnswer> _plans = [];
    private CancellationTokenSource _cut = new();
    private Channel<ConnectResponse>? _outgoing;

    /// <summary>The highest sequence that Welcome tells of; <c>null</c> for what was received.</summary>
    public long? Durable { get; set; }

    public long Credit { get; set; } = 1024 * 1024;

    public bool HoldAcks { get; set; }

    /// <summary>Each Hello of this epoch is told that another machine reports from a copy of the spool.</summary>
    public string? SharedEpoch { get; set; }

    /// <summary>A report that is refused whenever it comes.</summary>
    public Func<Report, bool> Refuses { get; set; } = _ => false;

    public TimeSpan? ReconnectWithin { get; set; } = TimeSpan.Zero;

    /// <summary>Streams that the agent ended in good order.</summary>
    public int HalfCloses { get; private set; }

    /// <summary>What the next stream is refused with, once.</summary>
    public RpcException? RefuseNext { get; set; }

    public IReadOnlyList<Report> Reports => Copy(_reports);

    public IReadOnlyList<Report> Urgent => Copy(_urgent);

    public IReadOnlyList<Hello> Hellos => Copy(_hellos);

    public IReadOnlyList<CheckAnswer> Answers => Copy(_answers);

    public IReadOnlyList<PlanAnswer> Plans => Copy(_plans);

    /// <summary>Ends when the condition holds; looked at after everything that an agent says.</summary>
    public Task UntilAsync(Func<bool> condition, TimeSpan? within = null)
    {
        lock (_gate)
        {
            if (condition())
            {
                return Task.CompletedTask;
            }

            TaskCompletionSource met = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((condition, met));
            return met.Task.WaitAsync(within ?? TimeSpan.FromSeconds(20));
        }
    }

    public void Say(ConnectResponse response) => _outgoing!.Writer.TryWrite(response);

    /// <summary>Breaks the stream that is open.</summary>
    public void Cut()
    {
        CancellationTokenSource cut = _cut;
        _cut = new CancellationTokenSource();
        cut.Cancel();
    }

    public void Dispose() => _cut.Dispose();

    public async Task ServeAsync(
        IAsyncStreamReader<ConnectRequest> requests, IServerStreamWriter<ConnectResponse> responses, CancellationToken cancellationToken)
    {
        if (RefuseNext is { } refusal)
        {
            RefuseNext = null;
            throw refusal;
        }

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cut.Token);
        Channel<ConnectResponse> outgoing = Channel.CreateUnbounded<ConnectResponse>();
        await requests.MoveNext(ending.Token);
        Hello hello = requests.Current.Hello;
        _outgoing = outgoing;
        outgoing.Writer.TryWrite(new ConnectResponse
        {
            Welcome = new Welcome
            {
                LastDurableSequence = Durable ?? Highest(hello),
                ServerTime = Timestamp.FromDateTimeOffset(FakeController.Now),
                CreditBytes = Credit,
                BeginNewEpoch = hello.SpoolEpoch == SharedEpoch,
                ReconnectWithin = ReconnectWithin is { } within ? Duration.FromTimeSpan(within) : null,
            },
        });
        Note(() => _hellos.Add(hello));
        Task write = WriteAsync(outgoing.Reader, responses, ending.Token);
        try
        {
            while (await requests.MoveNext(ending.Token))
            {
                Take(requests.Current, outgoing);
            }

            Note(() => HalfCloses++);
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "cut"));
        }
        finally
        {
            outgoing.Writer.TryComplete();
            await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task WriteAsync(
        ChannelReader<ConnectResponse> outgoing, IServerStreamWriter<ConnectResponse> responses, CancellationToken cancellationToken)
    {
        await foreach (ConnectResponse response in outgoing.ReadAllAsync(cancellationToken))
        {
            await responses.WriteAsync(response, cancellationToken);
        }
    }

    private void Take(ConnectRequest request, Channel<ConnectResponse> outgoing)
    {
        if (request.Reports is { } sent && sent.Reports.Any(Refuses))
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.InvalidArgument, "refused"));
        }

        Note(() =>
        {
            switch (request.MessageCase)
            {
                case ConnectRequest.MessageOneofCase.Reports:
                    _reports.AddRange(request.Reports.Reports);
                    break;
                case ConnectRequest.MessageOneofCase.UrgentReport:
                    _urgent.Add(request.UrgentReport);
                    break;
                case ConnectRequest.MessageOneofCase.CheckAnswer:
                    _answers.Add(request.CheckAnswer);
                    break;
                case ConnectRequest.MessageOneofCase.PlanAnswer:
                    _plans.Add(request.PlanAnswer);
                    break;
                default:
                    throw new InvalidOperationException(request.MessageCase.ToString());
            }
        });
        if (request.Reports is { } batch && !HoldAcks)
        {
            long bytes = batch.Reports.Sum(report => (long)report.CalculateSize());
            outgoing.Writer.TryWrite(new ConnectResponse { Ack = new Ack { SpoolEpoch = batch.SpoolEpoch, Sequence = batch.Reports[^1].Sequence } });
            outgoing.Writer.TryWrite(new ConnectResponse { Credit = new Credit { AdditionalBytes = bytes } });
        }
    }

    private void Note(Action change)
    {
        lock (_gate)
        {
            change();
            foreach ((Func<bool> condition, TaskCompletionSource met) in _awaited.ToArray())
            {
                if (condition())
                {
                    _awaited.Remove((condition, met));
                    met.TrySetResult();
                }
            }
        }
    }

    private long Highest(Hello hello)
    {
        lock (_gate)
        {
            return _hellos.Exists(other => other.SpoolEpoch == hello.SpoolEpoch) && _reports.Count > 0 ? _reports.Max(report => report.Sequence) : 0;
        }
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}

/// <summary>The stream's service.</summary>
internal sealed class FakeLinkService(FakeLink link) : AgentLinkService.AgentLinkServiceBase
{
    public override Task Connect(
        IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context) =>
        link.ServeAsync(requestStream, responseStream, context.CancellationToken);
}
