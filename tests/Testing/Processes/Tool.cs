using System.Diagnostics;

namespace HaiSoft.Testing.Processes;

/// <summary>What a program said and how it ended.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">Its exit code; 128 + n when a signal ended it.</param>
public sealed record ToolResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The output, of a program that must succeed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has all that it said.</exception>
    public string Succeeded() => ExitCode == 0
        ? Output
        : throw new InvalidOperationException($"{Command}\nended with {ExitCode}.\n{Error}\n{Output}");
}

/// <summary>Runs a program of this machine to its end: argument list, C locale, no input, both outputs drained.</summary>
public static class Tool
{
    /// <summary>Runs it; ends it with all its children when the token is cancelled.</summary>
    /// <param name="program">A name on the PATH, or a path.</param>
    /// <param name="arguments">Handed over as they are, no shell in between.</param>
    public static Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(program, arguments, input: "", cancellationToken);

    /// <summary>Runs it, with something to read.</summary>
    public static async Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ToolResult($"{program} {string.Join(' ', start.ArgumentList)}", process.ExitCode, await output, await error);
    }

    /// <summary>Where the program lies on the PATH (or in the system's own folders), or null.</summary>
    public static string? Find(string program)
    {
        var folders = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin".Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
