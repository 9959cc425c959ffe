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
            string configured = options.Value.PublicAddress;
            int port = ports.Of(ListenerKind.Agents) ?? options.Value.Agents.Port;
            return (PublicAddress.Parse(configured.Length > 0 ? configured : Dns.GetHostName(), port) ?? new("localhost", port)).ToString();
        }
    }
}
