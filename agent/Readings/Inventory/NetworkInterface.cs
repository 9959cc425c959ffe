namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>A network interface.</summary>
public sealed record NetworkInterface
{
    /// <summary>The kernel's name.</summary>
    public required string Name { get; init; }

    /// <summary>Hardware address, lower case with colons.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Addresses with their prefix lengths: "192.0.2.7/24".</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Negotiated speed, in Mbit/s.</summary>
    public long? SpeedMegabits { get; init; }

    /// <summary>The carrier is there; absent when the interface is administratively down.</summary>
    public bool? LinkUp { get; init; }

    /// <summary>The driver.</summary>
    public string? Driver { get; init; }

    /// <summary>Nothing changed, the addresses included.</summary>
    public bool SameAs(NetworkInterface other) => this with { Addresses = other.Addresses } == other && Addresses.SequenceEqual(other.Addresses);
}
