using System.Globalization;

namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>How many files this process may open: each agent's connection is one.</summary>
internal static class OpenFileLimit
{
    /// <summary>What the runtime, the ledger and the technicians' connection need besides.</summary>
    private const int Own = 250;

    /// <summary>Says so when the fleet does not fit; null when it does.</summary>
    public static string? Fault(int agents)
    {
        long limit = Limit();
        return agents + Own <= limit
            ? null
            : $"The system lets this process open {limit} files, and {agents} agents need {agents + Own} (one connection each). "
                + $"This is a limit of the system, not of the controller. Run several simulators side by side: "
                + $"--agents {limit - Own} here, and --first {limit - Own + 1} in the next.";
    }

    // "Max open files            20000                20000                files"
    private static long Limit()
    {
        string line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? long.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
    }
}
