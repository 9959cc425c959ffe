using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HaiSoft.Controller.Listeners;

/// <summary>What agents dial: a DNS name or an IP address, and a port.</summary>
internal sealed record PublicAddress(string Host, int Port)
{
    /// <summary>The address, or null for text that is none. Without a port it gets <paramref name="defaultPort"/>.</summary>
    public static PublicAddress? Parse(string text, int defaultPort)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out var bare))
        {
            return new PublicAddress(bare.ToString(), defaultPort);
        }

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var port = defaultPort;
        if (colon >= 0
            && (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            return null;
        }

        host = host.Trim('[', ']');
        return Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.Basic ? null : new PublicAddress(host, port);
    }

    /// <summary>As an agent is told it: <c>controller.example:7443</c>, <c>[2001:db8::1]:7443</c>.</summary>
    public override string ToString() =>
        IPAddress.TryParse(Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
