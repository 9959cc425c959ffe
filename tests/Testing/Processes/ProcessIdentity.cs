using System.Globalization;

namespace HaiSoft.Testing.Processes;

/// <summary>One process, for good: its id and the tick of its start, so that a number used again is not mistaken for it.</summary>
/// <param name="Id">The process id.</param>
/// <param name="StartTick">Clock ticks from boot to its start (field 22 of <c>/proc/ID/stat</c>).</param>
public readonly record struct ProcessIdentity(int Id, long StartTick)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Own { get; } = Of(Environment.ProcessId) ?? throw new InvalidOperationException("/proc is not mounted.");

    public bool IsAlive => Of(Id) == this;

    /// <summary>The process that has this id now, or null when none has (a zombie counts as none).</summary>
    public static ProcessIdentity? Of(int id)
    {
        try
        {
            // "1234 (name, which may hold anything) S 1 ..."
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(id, long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static ProcessIdentity? Parse(string text)
    {
        var parts = text.Trim().Split('-');
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var tick)
            ? new ProcessIdentity(id, tick)
            : null;
    }

    /// <summary>The processes that it has started and that still run.</summary>
    public static IReadOnlyList<ProcessIdentity> ChildrenOf(ProcessIdentity parent)
    {
        try
        {
            return [.. File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent.Id}/task/{parent.Id}/children"))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => Of(int.Parse(child, CultureInfo.InvariantCulture)))
                .OfType<ProcessIdentity>()];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Sends a signal, unless the process has ended.</summary>
    public void Send(Signal signal)
    {
        if (IsAlive)
        {
            _ = Signals.Kill(Id, (int)signal);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}-{StartTick}");
}
