using System.Net;

namespace HaiSoft.Controller.Listeners;

/// <summary>Where the controller listens and how it is reached (configuration section <c>Controller</c>).</summary>
internal sealed class ListenerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Controller";

    /// <summary>Where agents dial: an address and a port, mutual TLS. Port 0 takes a free one (for tests).</summary>
    public string AgentsEndpoint { get; set; } = "0.0.0.0:7443";

    /// <summary>Where <c>haisoftctl</c> dials: an address and a port, TLS with a bearer token.</summary>
    public string TechniciansEndpoint { get; set; } = "127.0.0.1:7444";

    /// <summary>Where browsers dial: <c>http://</c> on a loopback address only, otherwise <c>https://</c>.</summary>
    public string ConsoleEndpoint { get; set; } = "http://127.0.0.1:7080";

    /// <summary>
    /// The name or address that agents dial, as they see it from outside, with a port if it differs from that of
    /// <see cref="AgentsEndpoint"/>. Empty: the address listened on, or this machine's host name when it listens on all.
    /// </summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>
    /// Connections with TLS on which nothing is asked, over all ports; of more, those that have been idle longest are closed. One
    /// that came with an agent's certificate counts after its first minute only; until then an agent may have 4. 16 to 100000; default 200.
    /// </summary>
    public int IdleConnections { get; set; } = 200;

    /// <summary>The agents' endpoint, parsed. Valid options only.</summary>
    public IPEndPoint Agents => ListenAddress.Parse(AgentsEndpoint)!;

    /// <summary>The technicians' endpoint, parsed. Valid options only.</summary>
    public IPEndPoint Technicians => ListenAddress.Parse(TechniciansEndpoint)!;

    /// <summary>The console's endpoint, parsed. Valid options only.</summary>
    public ConsoleAddress Console => ConsoleAddress.Parse(ConsoleEndpoint)!;
}
