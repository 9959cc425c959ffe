using System.Net;
using HaiSoft.Controller.Listeners;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>Where people find the console, for links that are printed.</summary>
internal sealed class ConsoleLocation(IOptions<ListenerOptions> options, BoundPorts ports)
{
    /// <summary>The address of a one-time link.</summary>
    public string SignInLink(string token) => $"{Root()}/welcome?link={token}";

    /// <summary>The origin of the page that a request comes from, as browsers write it: "https://console.example".</summary>
    public static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private string Root()
    {
        var console = options.Value.Console;
        var address = console.Endpoint.Address;
        var host = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? Dns.GetHostName()
            : new UriBuilder { Host = address.ToString() }.Host;
        var port = console.Endpoint.Port != 0 ? console.Endpoint.Port : ports.Of(ListenerKind.Console);
        return $"{(console.Tls ? "https" : "http")}://{host}:{port}";
    }
}
