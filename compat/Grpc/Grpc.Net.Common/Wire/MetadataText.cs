using System.Buffers;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>Metadata as header fields.</summary>
internal static class MetadataText
{
    private static readonly SearchValues<char> Printable = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    /// <summary>The header value of an entry that an application wants to send.</summary>
    /// <exception cref="InvalidOperationException">The name is reserved, or the text is not printable ASCII.</exception>
    public static string Encode(Metadata.Entry entry)
    {
        if (ProtocolNames.IsReserved(entry.Key))
        {
            throw new InvalidOperationException($"The metadata name '{entry.Key}' is reserved for the protocol: choose another.");
        }

        if (entry.IsBinary)
        {
            return BinaryText.Encode(entry.RawBytes);
        }

        return entry.Value.AsSpan().ContainsAnyExcept(Printable)
            ? throw new InvalidOperationException($"The text of the metadata '{entry.Key}' is not printable ASCII: send it as bytes, under a name that ends with '-bin'.")
            : entry.Value;
    }

    /// <summary>Adds a received field; several binary values may have been joined by commas on the way.</summary>
    /// <exception cref="RpcException">The field is binary and no base64.</exception>
    public static void Decode(Metadata metadata, string name, string value)
    {
        if (ProtocolNames.IsReserved(name))
        {
            return;
        }

        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            Add(metadata, name.ToLowerInvariant(), value);
            return;
        }

        foreach (var part in value.Split(','))
        {
            if (!BinaryText.TryDecode(part, out var bytes))
            {
                throw new RpcException(new Status(StatusCode.Internal, $"The value of the header '{name}' is not base64."));
            }

            metadata.Add(name, bytes);
        }
    }

    private static void Add(Metadata metadata, string name, string value)
    {
        // HTTP allows characters in names that gRPC does not: such a field is not metadata.
        if (Metadata.Entry.IsName(name))
        {
            metadata.Add(name, value);
        }
    }
}
