using System.Net;

namespace HaiSoft.Controller.Listeners;

/// <summary>Where the console listens, and whether it speaks TLS.</summary>
internal sealed record ConsoleAddress(bool Tls, IPEndPoint Endpoint)
{
    /// <summary>The address, or null for text that is none: <c>http://127.0.0.1:7080</c>, <c>https://0.0.0.0:443</c>.</summary>
    public static ConsoleAddress? Parse(string text)
    {
        var (tls, rest) = text switch
        {
            _ when text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => (true, text["https://".Length..]),
            _ when text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) => (false, text["http://".Length..]),
            _ => (false, ""),
        };
        return ListenAddress.Parse(rest.TrimEnd('/')) is { } endpoint ? new ConsoleAddress(tls, endpoint) : null;
    }
}
