using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Framing;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>One call: an HTTP/2 request whose bodies are the messages.</summary>
internal sealed class ClientCall<TRequest, TResponse>(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    : CallLife(channel, options)
    where TRequest : class
    where TResponse : class
{
    // An idle stream holds no buffer: it waits with a read of zero bytes.
    private static readonly StreamPipeReaderOptions Reading = new(leaveOpen: true, useZeroByteReads: true);

    private FrameReader? _reader;
    private Task _arrival = Task.CompletedTask;

    public Method<TRequest, TResponse> Method => method;

    /// <summary>Starts a call with one request.</summary>
    public void Start(TRequest request)
    {
        if (!Watch())
        {
            return;
        }

        SingleMessageContent content;
        try
        {
            content = SingleMessageContent.Serialize(request, method.RequestMarshaller, Writer(out var compress), compress);
        }
        catch (RpcException refused)
        {
            End(refused.Status);
            return;
        }

        _arrival = SendAsync(content);
    }

    /// <summary>Starts a call with many requests.</summary>
    public MessageStreamContent Start()
    {
        var content = new MessageStreamContent(Ended);
        if (Watch())
        {
            _arrival = SendAsync(content);
        }

        return content;
    }

    /// <summary>What serialises the requests of this call, and whether it compresses them.</summary>
    public FrameWriter Writer(out bool compress)
    {
        Channel.Encodings.TryFind(RequestEncoding, out var compression);
        compress = compression is not null && Options.WriteOptions?.Flags.HasFlag(WriteFlags.NoCompress) != true;
        return new FrameWriter(Channel.Options.MaxSendMessageSize) { Compression = compression };
    }

    /// <summary>Reads the one response of a call and its status.</summary>
    public async Task<TResponse> ReadSingleAsync()
    {
        var first = await ReadAsync().ConfigureAwait(false);
        if (first.HasMessage && (await ReadAsync().ConfigureAwait(false)).HasMessage)
        {
            End(new Status(StatusCode.Unimplemented, "The server sent more than one response."));
            throw Failure();
        }

        return first.HasMessage ? first.Message : throw NoMessage();
    }

    /// <summary>Reads a response; the end of the stream is the end of the call.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public async ValueTask<Frame<TResponse>> ReadAsync()
    {
        await _arrival.ConfigureAwait(false);
        if (TryGetStatus(out var status))
        {
            return status.StatusCode == StatusCode.OK ? default : throw Failure();
        }

        try
        {
            var frame = await _reader!.ReadAsync(method.ResponseMarshaller.ContextualDeserializer, Ended).ConfigureAwait(false);
            if (frame.HasMessage)
            {
                return frame;
            }

            var (end, trailers) = ResponseHead.ReadEnd(Response!.TrailingHeaders);
            End(end, trailers);
        }
        catch (Exception failure)
        {
            End(FailureStatus.Of(failure));
        }

        return GetStatus().StatusCode == StatusCode.OK ? default : throw Failure();
    }

    private string? RequestEncoding => Options.Headers?.GetValue(ProtocolNames.RequestEncoding);

    private async Task SendAsync(HttpContent content)
    {
        try
        {
            var request = await RequestAsync(content).ConfigureAwait(false);
            CallLog.Starting(Channel.Logger, method.FullName);
            var response = await Channel.SendAsync(request, Ended).ConfigureAwait(false);
            Keep(response);
            var head = ResponseHead.Read(response, Channel.Encodings);
            if (head.End is { } end)
            {
                End(end, head.Metadata);
                return;
            }

            var body = await response.Content.ReadAsStreamAsync(Ended).ConfigureAwait(false);
            _reader = new FrameReader(PipeReader.Create(body, Reading), Channel.Options.MaxReceiveMessageSize) { Compression = head.Compression };
            Arrived(response, head.Metadata);
        }
        catch (Exception failure)
        {
            End(FailureStatus.Of(failure));
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpContent content)
    {
        var request = RequestHead.Of(Channel, method, host);
        request.Add(Options.Headers);
        if (Deadline is not null)
        {
            request.AddTimeout(Remaining());
        }

        foreach (var interceptor in new[] { Channel.CallCredentials, Options.Credentials }.SelectMany(credentials => credentials?.Interceptors ?? []))
        {
            var metadata = new Metadata();
            await interceptor(request.AuthContext(Ended), metadata).ConfigureAwait(false);
            request.Add(metadata);
        }

        return request.Message(content, RequestEncoding);
    }

    private RpcException NoMessage()
    {
        // The stream ended with OK, which a call with one response can't without a message.
        return new RpcException(new Status(StatusCode.Unimplemented, "The server ended the call without a response."), GetTrailers());
    }
}
