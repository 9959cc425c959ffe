using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Machines;

/// <summary>A server of a test, whatever it is made of: programs run on it and files are handed to it.</summary>
public interface ITestMachine
{
    /// <summary>Runs a program on it to its end, as root, without a shell.</summary>
    Task<ToolResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Hands a file of this machine in.</summary>
    /// <returns>Its path there.</returns>
    string HandIn(string file);
}

/// <summary>What follows from being one.</summary>
public static class TestMachines
{
    /// <summary>The output of a program that must succeed on it.</summary>
    public static async Task<string> MustAsync(this ITestMachine machine, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return (await machine.RunAsync(command, cancellationToken)).Succeeded();
    }

    /// <summary>What its journal says of a unit, for messages.</summary>
    public static async Task<string> JournalAsync(this ITestMachine machine, string unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return (await machine.RunAsync(["journalctl", "--no-pager", "--unit", unit, "--lines", "100"], cancellationToken)).Output;
    }
}
