using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>Makes the HTTP request of a call.</summary>
internal sealed class RequestHead
{
    private static readonly string UserAgent = $"grpc-csharp/2.85 (.NET {Environment.Version})";
    private static readonly MediaTypeHeaderValue ContentType = new(ProtocolNames.ContentType);

    private readonly GrpcChannel _channel;
    private readonly IMethod _method;
    private readonly HttpRequestMessage _message;

    private RequestHead(GrpcChannel channel, IMethod method, HttpRequestMessage message)
    {
        _channel = channel;
        _method = method;
        _message = message;
    }

    public static RequestHead Of(GrpcChannel channel, IMethod method, string? host)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(channel.Address, method.FullName))
        {
            Version = channel.Options.HttpVersion ?? HttpVersion.Version20,
            VersionPolicy = channel.Options.HttpVersionPolicy ?? HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.Host = host;
        message.Headers.TryAddWithoutValidation("te", "trailers");
        message.Headers.TryAddWithoutValidation(ProtocolNames.AcceptEncoding, channel.Encodings.HeaderValue);
        return new RequestHead(channel, method, message);
    }

    public void Add(Metadata? metadata)
    {
        foreach (var entry in metadata ?? Metadata.Empty)
        {
            if (entry.Key != ProtocolNames.RequestEncoding)
            {
                _message.Headers.TryAddWithoutValidation(entry.Key, MetadataText.Encode(entry));
            }
        }
    }

    public void AddTimeout(TimeSpan remaining) => _message.Headers.TryAddWithoutValidation(ProtocolNames.Timeout, TimeoutText.Encode(remaining));

    public AuthInterceptorContext AuthContext(CancellationToken cancellationToken) =>
        new(new Uri(_channel.Address, "/" + _method.ServiceName).ToString(), _method.Name, cancellationToken);

    public HttpRequestMessage Message(HttpContent content, string? encoding)
    {
        if (!_message.Headers.Contains("user-agent"))
        {
            _message.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        }

        if (!_channel.Encodings.TryFind(encoding, out var compression))
        {
            throw new InvalidOperationException($"The request encoding '{encoding}' is not among the channel's CompressionProviders.");
        }

        if (compression is not null)
        {
            _message.Headers.TryAddWithoutValidation(ProtocolNames.Encoding, compression.EncodingName);
        }

        content.Headers.ContentType = ContentType;
        _message.Content = content;
        return _message;
    }
}
