using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel speaks to its server.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>TLS or not; by default what the scheme of the address says.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The largest message that may be sent, in bytes; null (the default) for any.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The largest message that is taken, in bytes; 4 MiB by default, null for any.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>The compressions that are known; gzip by default.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The client that sends; not together with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler that sends; not together with <see cref="HttpClient"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the channel, when disposed, disposes the client or the handler given above.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether cancelled calls, and those whose deadline passed, throw <see cref="OperationCanceledException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Whether call credentials are also sent without TLS, where anybody on the way can read them.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    /// <summary>The HTTP version; 2.0 by default.</summary>
    public Version? HttpVersion { get; set; }

    /// <summary>Whether another HTTP version will do; by default it must be exactly this one.</summary>
    public HttpVersionPolicy? HttpVersionPolicy { get; set; }
}
