using System.Text;

namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>HTTP/2 header fields, each a literal that is not indexed (RFC 7541, 6.2.2).</summary>
internal static class HeaderBlock
{
    public const byte EndHeaders = 4;

    /// <summary>Those of a gRPC call.</summary>
    public static byte[] OfCall(string path, params ReadOnlySpan<(string Name, string Value)> more)
    {
        List<byte> block = [];
        Add(block, ":method", "POST");
        Add(block, ":scheme", "https");
        Add(block, ":path", path);
        Add(block, ":authority", "controller");
        Add(block, "content-type", "application/grpc");
        Add(block, "te", "trailers");
        foreach ((string name, string value) in more)
            Add(block, name, value);
        return [.. block];
    }

    /// <summary>One field; names and values of at most 126 characters.</summary>
    public static void Add(List<byte> block, string name, string value)
    {
        block.Add(0);
        block.Add((byte)name.Length);
        block.AddRange(Encoding.ASCII.GetBytes(name));
        block.Add((byte)value.Length);
        block.AddRange(Encoding.ASCII.GetBytes(value));
    }
}
