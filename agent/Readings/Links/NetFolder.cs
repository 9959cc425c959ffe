using System.Globalization;
using HaiSoft.Agent.Readings.Files;

namespace HaiSoft.Agent.Readings.Links;

/// <summary>Reads /sys/class/net (the kernel's Documentation/ABI/testing/sysfs-class-net).</summary>
// eth0/flags "0x1003"  eth0/carrier "1"  eth0/carrier_changes "3"  eth0/speed "1000"  eth0/type "1"
// eth0/statistics/{rx_errors,tx_errors}  eth0/master -> ../bond0  eth0/device -> ../../../0000:03:00.0
public static class NetFolder
{
    private const long InterfaceUp = 1; // IFF_UP
    private const int LoopbackType = 772; // ARPHRD_LOOPBACK

    /// <summary>Every link but the loopback and what containers come and go with; not applicable where there is none.</summary>
    public static Reading<IReadOnlyList<LinkReading>> Read(string sysRoot)
    {
        var root = Path.Combine(sysRoot, "class", "net");
        var links = new List<LinkReading>();
        foreach (var name in Listing.Names(root))
            if (Link(root, name) is { } link)
                links.Add(link);
        return links.Count == 0
            ? Reading.NotApplicable<IReadOnlyList<LinkReading>>("no network link but the loopback")
            : Reading.Measured<IReadOnlyList<LinkReading>>(links);
    }

    private static LinkReading? Link(string root, string name)
    {
        var folder = Path.Combine(root, name);
        if (Flags(folder) is not { } flags || SmallFile.Integer(Path.Combine(folder, "type")) == LoopbackType || IsPeer(name))
            return null;
        var enabled = (flags & InterfaceUp) != 0;
        return new LinkReading
        {
            Name = name,
            Enabled = enabled,
            Carrier = enabled ? SmallFile.Flag(Path.Combine(folder, "carrier")) : null,
            CarrierChangeCount = SmallFile.Count(Path.Combine(folder, "carrier_changes")),
            SpeedMegabits = SmallFile.Integer(Path.Combine(folder, "speed")) is > 0 and < uint.MaxValue and var speed ? speed : null,
            ReceiveErrorCount = SmallFile.Count(Path.Combine(folder, "statistics", "rx_errors")),
            TransmitErrorCount = SmallFile.Count(Path.Combine(folder, "statistics", "tx_errors")),
            Bond = Bond(root, folder),
            Physical = Directory.Exists(Path.Combine(folder, "device")),
        };
    }

    private static string? Bond(string root, string folder) =>
        Listing.Target(Path.Combine(folder, "master")) is { } master
        && Path.GetFileName(master) is var name
        && Directory.Exists(Path.Combine(root, name, "bonding"))
            ? name
            : null;

    // One end of a pair, or a guest's tap: it comes and goes with its container or machine.
    private static bool IsPeer(string name) =>
        name.StartsWith("veth", StringComparison.Ordinal) || name.StartsWith("vnet", StringComparison.Ordinal);

    private static long? Flags(string folder) =>
        SmallFile.Text(Path.Combine(folder, "flags")) is { } text
        && long.TryParse(text.AsSpan(text.StartsWith("0x", StringComparison.Ordinal) ? 2 : 0), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags)
            ? flags
            : null;
}
