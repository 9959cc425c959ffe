using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>An agent's side of the stream, over real TLS.</summary>
internal sealed class LinkedAgent : IDisposable
{
    public const string Epoch = "00112233445566778899aabbccddeeff";
    public const string Boot = "6f1d2c3b-0000-4000-8000-000000000001";

    // One boot, whatever the stream: tests set their clocks by the system's own.
    private static readonly DateTimeOffset Booted = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(5);
    private readonly RunningController _controller;
    private readonly AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> _call;

    private string _epoch = Epoch;

    private LinkedAgent(RunningController controller, TestAgent agent)
    {
        _controller = controller;
        Agent = agent;
        _call = agent.Link().Connect(cancellationToken: TestContext.Current.CancellationToken);
    }

    public TestAgent Agent { get; }

    public Welcome? Welcome { get; private set; }

    public List<ConnectResponse> Heard { get; } = [];

    /// <summary>Opens the stream without a word.</summary>
    public static LinkedAgent Dial(RunningController controller, TestAgent agent) => new(controller, agent);

    /// <summary>Opens the stream and takes the welcome.</summary>
    public static async Task<LinkedAgent> ConnectAsync(
        RunningController controller,
        TestAgent agent,
        long last = 0,
        string epoch = Epoch,
        TimeSpan clockOff = default,
        TimeSpan helloTook = default,
        string run = "")
    {
        LinkedAgent linked = new(controller, agent) { _epoch = epoch };
        Hello hello = linked.Hello(last, epoch, clockOff, helloTook);
        hello.RunId = run;
        await linked.SendAsync(new() { Hello = hello });
        linked.Welcome = (await linked.NextAsync()).Welcome;
        return linked;
    }

    /// <summary>A Hello of now, or one that was so long on its way.</summary>
    public Hello Hello(long last = 0, string epoch = Epoch, TimeSpan clockOff = default, TimeSpan helloTook = default) => new()
    {
        AgentId = Agent.Enrolled.AgentId,
        AgentVersion = "0.1.0",
        BootId = Boot,
        SpoolEpoch = epoch,
        FirstHeldSequence = Math.Min(last, 1),
        LastWrittenSequence = last,
        SentTime = (_controller.Time.GetUtcNow() + clockOff - helloTook).ToTimestamp(),
        SentUptime = (_controller.Time.GetUtcNow() - Booted - helloTook).ToDuration(),
    };

    /// <summary>A report of something observed so long ago.</summary>
    public Report Report(long sequence, TimeSpan ago, Action<Report> fill)
    {
        Report report = new()
        {
            Sequence = sequence,
            ReportId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
            ObservedTime = (_controller.Time.GetUtcNow() - ago).ToTimestamp(),
            ObservedUptime = (_controller.Time.GetUtcNow() - Booted - ago).ToDuration(),
            BootId = Boot,
        };
        fill(report);
        return report;
    }

    public Task SendAsync(ConnectRequest request) => _call.RequestStream.WriteAsync(request);

    public Task SendReportsAsync(params Report[] reports) =>
        SendAsync(new ConnectRequest { Reports = new() { SpoolEpoch = _epoch, Reports = { reports } } });

    public async Task<ConnectResponse> NextAsync()
    {
        (await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue("the controller ended the stream");
        Heard.Add(_call.ResponseStream.Current);
        return _call.ResponseStream.Current;
    }

    /// <summary>Sends reports and waits until the controller says that the last of them is durable.</summary>
    public async Task DeliverAsync(params Report[] reports)
    {
        await SendReportsAsync(reports);
        await AckedAsync(reports[^1].Sequence);
    }

    public async Task AckedAsync(long sequence)
    {
        while ((await NextAsync()) is var response && response.Ack?.Sequence is not { } acked || acked < sequence)
        {
        }
    }

    /// <summary>How the controller ends the stream.</summary>
    public async Task<Status> EndAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
                Heard.Add(_call.ResponseStream.Current);
            return _call.GetStatus();
        }
        catch (RpcException e)
        {
            return e.Status;
        }
    }

    public Task HalfCloseAsync() => _call.RequestStream.CompleteAsync();

    public void Dispose() => _call.Dispose();
}
