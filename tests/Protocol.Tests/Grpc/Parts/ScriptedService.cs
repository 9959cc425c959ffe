using Grpc.Core;
using Grpc.Testing;

namespace HaiSoft.Protocol.Tests.Grpc.Parts;

/// <summary>What a <see cref="ScriptedService"/> does; a test sets what it needs.</summary>
internal sealed class Script
{
    public Func<SimpleRequest, ServerCallContext, Task<SimpleResponse>> Unary { get; set; } = (_, _) => Task.FromResult(new SimpleResponse());

    public Func<IAsyncStreamReader<StreamingInputCallRequest>, ServerCallContext, Task<StreamingInputCallResponse>> Input { get; set; } =
        (_, _) => Task.FromResult(new StreamingInputCallResponse());

    public Func<IServerStreamWriter<StreamingOutputCallResponse>, ServerCallContext, Task> Output { get; set; } = (_, _) => Task.CompletedTask;

    public Func<IAsyncStreamReader<StreamingOutputCallRequest>, IServerStreamWriter<StreamingOutputCallResponse>, ServerCallContext, Task> Duplex { get; set; } =
        (_, _, _) => Task.CompletedTask;

    public int Made;
    public int Disposed;
}

/// <summary>A service whose methods are the test's own.</summary>
internal sealed class ScriptedService : TestService.TestServiceBase, IDisposable
{
    private readonly Script _script;

    public ScriptedService(Script script)
    {
        _script = script;
        Interlocked.Increment(ref script.Made);
    }

    public override Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context) => _script.Unary(request, context);

    public override Task<StreamingInputCallResponse> StreamingInputCall(IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context) =>
        _script.Input(requestStream, context);

    public override Task StreamingOutputCall(
        StreamingOutputCallRequest request,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context) => _script.Output(responseStream, context);

    public override Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context) => _script.Duplex(requestStream, responseStream, context);

    public void Dispose() => Interlocked.Increment(ref _script.Disposed);
}
