using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Grpc.Net.Framing;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>Serves the calls of one method: from the request's headers to the status.</summary>
internal abstract class MethodHandler<TService, TRequest, TResponse>(Method<TRequest, TResponse> method, ServiceSettings settings, ILogger logger)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method { get; } = method;

    protected ServiceSettings Settings { get; } = settings;

    public Task HandleAsync(HttpContext http)
    {
        if (!RequestAdmission.Admit(http))
        {
            return Task.CompletedTask;
        }

        try
        {
            return HandleAsync(http, RequestHeaders.Read(http, Settings.Encodings));
        }
        catch (RpcException refused)
        {
            EndOfCall.WriteHeaders(http.Response, refused.Status, refused.Trailers);
            return Task.CompletedTask;
        }
    }

    /// <summary>Reads, invokes the service and writes.</summary>
    protected abstract Task InvokeAsync(RequestBody requests, HttpCallContext context);

    /// <summary>Writes the one response, if the handler did not say that the call failed.</summary>
    protected void WriteSingle(TResponse? response, HttpCallContext context)
    {
        if (context.Status.StatusCode != StatusCode.OK || context.Body.HasEnded)
        {
            return;
        }

        context.Body.WriteSingle(
            response ?? throw new RpcException(new Status(StatusCode.Cancelled, "The handler returned no message.")),
            Method.ResponseMarshaller);
    }

    private async Task HandleAsync(HttpContext http, RequestHeaders headers)
    {
        using var deadline = new ServerDeadline(headers.Timeout, TimeProvider.System, http.RequestAborted);
        var context = new HttpCallContext(http, Method, headers, deadline, new ResponseBody(http, Frames(http)));
        var requests = new RequestBody(
            new FrameReader(http.Request.BodyReader, Settings.MaxReceiveMessageSize) { Compression = headers.Compression },
            deadline);
        deadline.Start(() => context.Body.EndAtOnce(CallFailure.DeadlinePassed));
        try
        {
            await InvokeAsync(requests, context).ConfigureAwait(false);
            await context.Body.EndAsync(context.Status, context.HasTrailers ? context.ResponseTrailers : Metadata.Empty).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await FailAsync(context, deadline, failure).ConfigureAwait(false);
        }
    }

    private FrameWriter Frames(HttpContext http)
    {
        var frames = new FrameWriter(Settings.MaxSendMessageSize);
        if (Settings.ResponseCompression is { } compression
            && AcceptedEncodings.Contains(http.Request.Headers[ProtocolNames.AcceptEncoding].ToString(), compression.EncodingName))
        {
            http.Response.Headers[ProtocolNames.Encoding] = compression.EncodingName;
            frames.Compression = compression;
            frames.CompressionLevel = Settings.ResponseCompressionLevel;
        }

        return frames;
    }

    private async Task FailAsync(HttpCallContext context, ServerDeadline deadline, Exception failure)
    {
        var (status, trailers) = CallFailure.Of(failure, deadline, context.Http.RequestAborted, Settings.DetailedErrors);
        if (status.StatusCode == StatusCode.Unknown && failure is not RpcException)
        {
            HandlerLog.Failed(logger, Method.FullName, failure);
        }

        try
        {
            await context.Body.EndAsync(status, trailers ?? (context.HasTrailers ? context.ResponseTrailers : Metadata.Empty)).ConfigureAwait(false);
        }
        catch (InvalidOperationException broken)
        {
            // The trailers of the handler can't be sent: the call still has to end.
            HandlerLog.Failed(logger, Method.FullName, broken);
            EndOfCall.Reset(context.Http, EndOfCall.InternalError);
        }
    }
}
