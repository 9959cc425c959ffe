using System.Net;
using HaiSoft.Controller.Listeners;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>Where people find the console, for links that are printed.</summary>
internal sealed class ConsoleLocation(IOptions<ListenerOptions> options, IServiceProvider services)
{
    /// <summary>The address that a one-time link has.</summary>
    public string SignInLink(string token) => $"{Root()}/welcome?link={token}";

    private string Root()
    {
        var console = options.Value.Console;
        var host = console.Endpoint.Address.Equals(IPAddress.Any) || console.Endpoint.Address.Equals(IPAddress.IPv6Any)
            ? Dns.GetHostName()
            : new UriBuilder { Host = console.Endpoint.Address.ToString() }.Host;
        var port = console.Endpoint.Port != 0 ? console.Endpoint.Port : TakenPort(console);
        return $"{(console.Tls ? "https" : "http")}://{host}:{port}";
    }

    /// <summary>With port 0 the system chose one: the listener of the console's scheme on its address.</summary>
    private int TakenPort(ConsoleAddress console) =>
        services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(BindingAddress.Parse)
            .FirstOrDefault(a => a.Scheme == (console.Tls ? "https" : "http"))?.Port ?? 0;
}
