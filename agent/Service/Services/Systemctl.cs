using System.Diagnostics;
using System.Text;
using CliWrap;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>Asks systemd for the state of units, all in one call.</summary>
/// <param name="roots">Tells whether systemd runs at all.</param>
/// <param name="clock">Dates state changes.</param>
/// <param name="path">The program.</param>
internal sealed class Systemctl(FileRoots roots, AgentClock clock, string path = Systemctl.UsualPath)
{
    public const string UsualPath = "/usr/bin/systemctl";
    private const int MaximumCharacters = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal)
    {
        ["LC_ALL"] = "C",
        ["SYSTEMD_COLORS"] = "0",
        ["SYSTEMD_PAGER"] = "",
    };

    /// <summary>The units that were found, or why none could be asked for.</summary>
    internal readonly record struct Answer(IReadOnlyList<UnitState> Units, CheckNotMade? Fault)
    {
        /// <summary>The unit of this name.</summary>
        public UnitState? Find(string name)
        {
            foreach (UnitState unit in Units)
            {
                if (unit.Id == name || unit.Names.Contains(name))
                {
                    return unit;
                }
            }

            return null;
        }
    }

    /// <summary>Reads units by name or pattern. A pattern finds what is loaded.</summary>
    public async Task<Answer> ShowAsync(IReadOnlyCollection<string> units, CancellationToken cancellationToken)
    {
        if (units.Count == 0)
        {
            return new Answer([], null);
        }

        if (!Directory.Exists(roots.InRun("systemd/system")))
        {
            return Fault(CheckNotMadeReason.Missing, "systemd does not run on this server");
        }

        if (!File.Exists(path))
        {
            return Fault(CheckNotMadeReason.Missing, $"{path} is missing");
        }

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        StringBuilder output = new();
        try
        {
            CommandResult result = await Cli.Wrap(path)
                .WithArguments(["show", "--no-pager", "--property=" + SystemctlOutput.Properties, "--", .. units])
                .WithEnvironmentVariables(Environment)
                .WithWorkingDirectory("/")
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(line => AddLine(output, line)))
                .ExecuteAsync(patience.Token);
            return output.Length == 0 && result.ExitCode != 0
                ? Fault(CheckNotMadeReason.Denied, $"systemctl ended with status {result.ExitCode}")
                : new Answer(SystemctlOutput.Parse(output.ToString(), clock.UtcNow, Stopwatch.GetElapsedTime(0)), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fault(CheckNotMadeReason.TimedOut, "systemctl did not end in time; systemd may hang");
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return Fault(CheckNotMadeReason.Denied, "systemctl could not be started");
        }
    }

    private static void AddLine(StringBuilder output, string line)
    {
        if (output.Length + line.Length < MaximumCharacters)
        {
            output.Append(line).Append('\n');
        }
    }

    private static Answer Fault(CheckNotMadeReason reason, string detail) => new([], new CheckNotMade(reason, detail));
}
