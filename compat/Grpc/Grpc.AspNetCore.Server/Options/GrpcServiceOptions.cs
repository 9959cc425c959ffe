using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How calls to one service are served; what is set here wins over what is set for all services.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}

/// <summary>How calls are served.</summary>
public class GrpcServiceOptions
{
    /// <summary>The largest message that may be sent, in bytes; null (the default) for any.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The largest message that is taken, in bytes; 4 MiB by default, null for any.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Whether clients are told the text of a handler's exception; false by default.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The compression of responses, by name, where the client takes it; null (the default) for none.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The compressions that are known; gzip by default.</summary>
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [new GzipCompressionProvider(CompressionLevel.Fastest)];

    /// <summary>What stands around every call; the first is called first, those of all services before those of one.</summary>
    public InterceptorCollection Interceptors { get; } = [];
}
