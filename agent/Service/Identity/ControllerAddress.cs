using System.Globalization;
using System.Net;

namespace HaiSoft.Agent.Identity;

/// <summary>Where the controller serves agents.</summary>
/// <param name="Host">A name or an address; an IPv6 address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record ControllerAddress(string Host, int Port)
{
    /// <summary>The port when none is said.</summary>
    public const int DefaultPort = 7443;

    /// <summary>For the channel.</summary>
    public Uri Uri => new UriBuilder(System.Uri.UriSchemeHttps, Host.Contains(':') ? $"[{Host}]" : Host, Port).Uri;

    /// <summary>"controller.example:7443", "[2001:db8::1]:7443", "controller.example"; <c>null</c> for anything else.</summary>
    public static ControllerAddress? Parse(string text)
    {
        text = text.Trim();
        int bracket = text.StartsWith('[') ? text.IndexOf(']') : -1;
        int colon = text.IndexOf(':', bracket + 1);
        string host = bracket > 0 ? text[1..bracket] : colon >= 0 ? text[..colon] : text;
        if (bracket > 0 && colon != bracket + 1 && text.Length != bracket + 1)
        {
            return null;
        }

        var port = DefaultPort;
        if (colon >= 0
            && (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            return null;
        }

        bool valid = bracket > 0
            ? IPAddress.TryParse(host, out _)
            : System.Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        return valid ? new ControllerAddress(host, port) : null;
    }

    /// <summary>As it is typed.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
