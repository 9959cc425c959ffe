using System.Globalization;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Networks;

/// <summary>
/// The cable between a server and the switch, and what can be wrong with it. The kernel itself loses, refuses and slows packets (nftables,
/// tc) on their way in and out of the server; one fault at a time.
/// </summary>
public sealed class Cable
{
    private readonly NetworkNamespace _server;
    private readonly NetworkNamespace _switch;
    private readonly string _port;

    internal Cable(NetworkNamespace server, NetworkNamespace @switch, string port)
    {
        _server = server;
        _switch = @switch;
        _port = port;
    }

    /// <summary>Why its faults cannot be had on this machine; null when all is there.</summary>
    public static string? WhyNot() => TestNetwork.WhyNot()
        ?? (Tool.Find("nft") is null ? "nft (nftables) is not installed: ./build.sh setup installs it."
        : Tool.Find("tc") is null ? "tc (iproute2) is not installed: ./build.sh setup installs it."
        : null);

    /// <summary>A partition: nothing comes through, and nobody is told.</summary>
    public Task PartitionAsync(CancellationToken cancellationToken) => EachPacketAsync("drop", cancellationToken);

    /// <summary>So many of a hundred packets are lost, in each direction.</summary>
    public Task LoseAsync(int percent, CancellationToken cancellationToken) =>
        EachPacketAsync(string.Create(CultureInfo.InvariantCulture, $"numgen random mod 100 < {percent} drop"), cancellationToken);

    /// <summary>So many of a thousand packets of TCP are answered with a reset: that end is cut off, the other is not told.</summary>
    public Task ResetAsync(int perMille, CancellationToken cancellationToken) => EachPacketAsync(
        string.Create(CultureInfo.InvariantCulture, $"meta l4proto tcp numgen random mod 1000 < {perMille} reject with tcp reset"), cancellationToken);

    /// <summary>No more goes through, in each direction, than this.</summary>
    public async Task NarrowAsync(int kilobitsPerSecond, CancellationToken cancellationToken)
    {
        var rate = string.Create(CultureInfo.InvariantCulture, $"{kilobitsPerSecond}kbit");
        foreach (var (end, device) in Ends)
        {
            (await end.RunAsync("tc", ["qdisc", "replace", "dev", device, "root", "tbf", "rate", rate, "burst", "16kb", "latency", "1s"], cancellationToken)).Succeeded();
        }
    }

    /// <summary>What the server dials at one port comes out at another one of the same address; connections that stand are cut.</summary>
    public Task DetourAsync(string address, int port, int other, CancellationToken cancellationToken) => ApplyAsync(
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            table ip detour {
              chain out {
                type nat hook output priority -100;
                ip daddr {{address}} tcp dport {{port}} dnat to {{address}}:{{other}}
              }
              chain stale {
                type filter hook output priority 0;
                ip daddr {{address}} tcp dport {{port}} reject with tcp reset
              }
            }

            """),
        cancellationToken);

    /// <summary>A good cable again.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        await ApplyAsync("flush ruleset\n", cancellationToken);
        foreach (var (end, device) in Ends)
        {
            // Fails when there was none.
            await end.RunAsync("tc", ["qdisc", "del", "dev", device, "root"], cancellationToken);
        }
    }

    private (NetworkNamespace End, string Device)[] Ends => [(_server, "host0"), (_switch, _port)];

    private Task EachPacketAsync(string rule, CancellationToken cancellationToken) => ApplyAsync(
        $$"""
        table inet faults {
          chain out {
            type filter hook output priority 0;
            {{rule}}
          }
          chain in {
            type filter hook input priority 0;
            {{rule}}
          }
        }

        """,
        cancellationToken);

    private async Task ApplyAsync(string rules, CancellationToken cancellationToken)
    {
        var file = Path.Combine(TestRun.Folder, $"{_port}-{Guid.NewGuid():N}.nft");
        await File.WriteAllTextAsync(file, rules, cancellationToken);
        (await _server.RunAsync("nft", ["--file", file], cancellationToken)).Succeeded();
        File.Delete(file);
    }
}
