using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Net.Wire;

/// <summary>The compressions that one side knows, and what it says of them in <c>grpc-accept-encoding</c>.</summary>
internal sealed class AcceptedEncodings
{
    private readonly Dictionary<string, ICompressionProvider> _providers = new(StringComparer.Ordinal);

    public AcceptedEncodings(IEnumerable<ICompressionProvider>? providers)
    {
        foreach (var provider in providers ?? [new GzipCompressionProvider(CompressionLevel.Fastest)])
        {
            _providers[provider.EncodingName] = provider;
        }

        HeaderValue = string.Join(',', _providers.Keys.Prepend(ProtocolNames.Identity));
    }

    public string HeaderValue { get; }

    /// <summary>The provider of a <c>grpc-encoding</c>: false for an unknown one, null for a stream that is not compressed.</summary>
    public bool TryFind(string? encoding, out ICompressionProvider? provider)
    {
        provider = null;
        return string.IsNullOrEmpty(encoding) || encoding == ProtocolNames.Identity || _providers.TryGetValue(encoding, out provider);
    }

    /// <summary>Whether a <c>grpc-accept-encoding</c> of the other side has this encoding.</summary>
    public static bool Contains(string acceptEncoding, string encoding)
    {
        foreach (var part in acceptEncoding.AsSpan().Split(','))
        {
            if (acceptEncoding.AsSpan(part).Trim().SequenceEqual(encoding))
            {
                return true;
            }
        }

        return false;
    }
}
