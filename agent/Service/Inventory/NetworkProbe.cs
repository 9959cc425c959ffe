using System.Net.NetworkInformation;
using System.Net.Sockets;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Files;
using HaiSoft.Agent.Readings.Links;
using NetworkInterface = HaiSoft.Agent.Readings.Inventory.NetworkInterface;
using SystemInterface = System.Net.NetworkInformation.NetworkInterface;

namespace HaiSoft.Agent.Inventory;

/// <summary>The network interfaces, with their addresses.</summary>
internal sealed class NetworkProbe(FileRoots roots)
{
    public IReadOnlyList<NetworkInterface> Read()
    {
        if (NetFolder.Read(roots.Sys) is not Readings.Measured<IReadOnlyList<LinkReading>> { Value: var links })
        {
            return [];
        }

        Dictionary<string, List<string>> addresses = Addresses();
        List<NetworkInterface> interfaces = [];
        foreach (LinkReading link in links)
        {
            string folder = roots.InSys("class/net/" + link.Name);
            interfaces.Add(new NetworkInterface
            {
                Name = link.Name,
                MacAddress = SmallFile.Text(Path.Combine(folder, "address")) is { } mac && mac.Trim('0', ':').Length > 0 ? mac : null,
                Addresses = addresses.GetValueOrDefault(link.Name) ?? [],
                SpeedMegabits = link.SpeedMegabits,
                LinkUp = link.Carrier,
                Driver = Listing.Target(Path.Combine(folder, "device", "driver")) is { } driver ? Path.GetFileName(driver) : null,
            });
        }

        return interfaces;
    }

    private static Dictionary<string, List<string>> Addresses()
    {
        Dictionary<string, List<string>> all = new(StringComparer.Ordinal);
        try
        {
            foreach (SystemInterface system in SystemInterface.GetAllNetworkInterfaces())
            {
                List<string> own = [];
                foreach (UnicastIPAddressInformation address in system.GetIPProperties().UnicastAddresses)
                {
                    if (address.Address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !address.Address.IsIPv6LinkLocal)
                    {
                        own.Add($"{address.Address}/{address.PrefixLength}");
                    }
                }

                own.Sort(StringComparer.Ordinal);
                all[system.Name] = own;
            }
        }
        catch (NetworkInformationException)
        {
            // An interface went away while it was read: the next look has them.
        }

        return all;
    }
}
