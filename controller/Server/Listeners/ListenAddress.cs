using System.Globalization;
using System.Net;

namespace HaiSoft.Controller.Listeners;

/// <summary>An address and a port to listen on, as written in the configuration: <c>0.0.0.0:7443</c>, <c>[::1]:7443</c>, <c>localhost:7443</c>.</summary>
internal static class ListenAddress
{
    /// <summary>The endpoint, or null for text that is none. Names other than <c>localhost</c> are not looked up.</summary>
    public static IPEndPoint? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        return Address(text[..colon]) is { } address ? new IPEndPoint(address, port) : null;
    }

    private static IPAddress? Address(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        return IPAddress.TryParse(bracketed ? host[1..^1] : host, out var address)
            && bracketed == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            ? address
            : null;
    }
}
