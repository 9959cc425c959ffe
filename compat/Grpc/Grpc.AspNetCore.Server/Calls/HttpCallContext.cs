using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What a handler sees of its call: an HTTP/2 request.</summary>
internal sealed class HttpCallContext(HttpContext http, IMethod method, RequestHeaders headers, ServerDeadline deadline, ResponseBody body) : ServerCallContext
{
    private AuthContext? _auth;
    private Metadata? _trailers;

    public HttpContext Http => http;

    public ResponseBody Body => body;

    public bool HasTrailers => _trailers is not null;

    protected override string MethodCore => method.FullName;

    protected override string HostCore => http.Request.Host.Value ?? string.Empty;

    protected override string PeerCore => Peers.Describe(http.Connection);

    protected override DateTime DeadlineCore => deadline.Instant;

    protected override Metadata RequestHeadersCore => headers.Metadata;

    protected override CancellationToken CancellationTokenCore => deadline.Token;

    protected override Metadata ResponseTrailersCore => _trailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore
    {
        get => body.WriteOptions;
        set => body.WriteOptions = value;
    }

    protected override AuthContext AuthContextCore => _auth ??= Peers.Authentication(http.Connection);

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (body.HasStarted)
        {
            throw new InvalidOperationException("The response headers have been sent: they are sent once, before the first message.");
        }

        foreach (var entry in responseHeaders)
        {
            http.Response.Headers.Append(entry.Key, MetadataText.Encode(entry));
        }

        await body.SendHeadersAsync(CancellationToken).ConfigureAwait(false);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options)
    {
        var inherited = options ?? ContextPropagationOptions.Default;
        return new CallContextToken(
            inherited.IsPropagateDeadline ? Deadline : DateTime.MaxValue,
            inherited.IsPropagateCancellation ? CancellationToken : CancellationToken.None);
    }
}
