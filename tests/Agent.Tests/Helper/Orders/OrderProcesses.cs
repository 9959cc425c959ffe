using System.Diagnostics;
using System.Globalization;
using HaiSoft.Agent.Helper.Journal;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>The processes that work on one order, known by its random id among their arguments; each is ended by its own number.</summary>
internal static class OrderProcesses
{
    /// <summary>Kills the helper's process that carries the order out.</summary>
    /// <returns>How many there were.</returns>
    public static int KillHelper(HeldOrder order) => Kill(order, arguments => arguments.Contains("carry-out"));

    /// <summary>Kills the process in which dnf works.</summary>
    /// <returns>How many there were.</returns>
    public static int KillDnf(HeldOrder order) => Kill(order, arguments => arguments.Contains("change") || arguments.Contains("repair"));

    private static int Kill(HeldOrder order, Func<string[], bool> isMeant)
    {
        var killed = 0;
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && ArgumentsOf(folder) is { } arguments && arguments.Contains(order.Id) && isMeant(arguments))
            {
                using Process process = Process.GetProcessById(id);
                process.Kill();
                process.WaitForExit();
                killed++;
            }
        }

        return killed;
    }

    private static string[]? ArgumentsOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }
}
