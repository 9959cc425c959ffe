using System.Net;
using HaiSoft.Controller.Listeners;

namespace HaiSoft.Controller.Identity;

/// <summary>The names and addresses that the controller's certificate stands for.</summary>
internal static class ServerNames
{
    public static IReadOnlyList<string> Of(ListenerOptions options)
    {
        IPAddress[] endpoints = [options.Agents.Address, options.Technicians.Address, options.Console.Endpoint.Address];
        return
        [
            .. new[] { "localhost", "127.0.0.1", "::1", Dns.GetHostName(), PublicAddress.Parse(options.PublicAddress, 0)?.Host ?? "" }
                .Concat(endpoints.Where(IsOne).Select(address => address.ToString()))
                .Where(name => IPAddress.TryParse(name, out _) || Uri.CheckHostName(name) == UriHostNameType.Dns)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static bool IsOne(IPAddress address) => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);
}
