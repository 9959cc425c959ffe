using System.Net;
using HaiSoft.Controller.Listeners;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Api;

/// <summary>What agents dial, as this controller is configured.</summary>
internal sealed class AgentsAddress(IOptions<ListenerOptions> options, BoundPorts ports)
{
    /// <summary>"controller.example:7443".</summary>
    public string Text
    {
        get
        {
            ListenerOptions o = options.Value;
            int port = ports.Of(ListenerKind.Agents) ?? o.Agents.Port;
            bool everywhere = o.Agents.Address.Equals(IPAddress.Any) || o.Agents.Address.Equals(IPAddress.IPv6Any);
            string host = o.PublicAddress.Length > 0 ? o.PublicAddress : everywhere ? Dns.GetHostName() : o.Agents.Address.ToString();
            return (PublicAddress.Parse(host, port) ?? new("localhost", port)).ToString();
        }
    }
}
