using System.ComponentModel;
using System.Text;
using CliWrap;

namespace HaiSoft.Agent.Inventory;

/// <summary>Runs one of the system's own tools: absolute path, argument list, C locale, bounded in time and size.</summary>
internal static class SystemTool
{
    private const int MaximumCharacters = 64 * 1024;

    /// <summary>Exit status and output; absent when the tool is missing, hangs or prints too much.</summary>
    public static async Task<(int ExitStatus, string Output)?> RunAsync(
        string path, IReadOnlyList<string> arguments, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using CancellationTokenSource timeOut = new(patience, time);
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        StringBuilder output = new();
        try
        {
            CommandResult result = await Cli.Wrap(path)
                .WithArguments(arguments)
                .WithWorkingDirectory("/")
                .WithEnvironmentVariables(env => env.Set("LC_ALL", "C").Set("NOTIFY_SOCKET", null))
                .WithStandardOutputPipe(PipeTarget.Create((origin, token) => ReadAsync(origin, output, kill, token)))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(kill.Token);
            return (result.ExitCode, output.ToString().Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static async Task ReadAsync(Stream origin, StringBuilder output, CancellationTokenSource kill, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(origin, Encoding.UTF8, false, 1024, leaveOpen: true);
        char[] buffer = new char[1024];
        for (int count; (count = await reader.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0;)
        {
            output.Append(buffer, 0, count);
            if (output.Length > MaximumCharacters)
            {
                await kill.CancelAsync();
            }
        }
    }
}
