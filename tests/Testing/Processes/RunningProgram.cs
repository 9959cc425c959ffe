using System.Diagnostics;

namespace HaiSoft.Testing.Processes;

/// <summary>
/// A real program while it runs: its lines are kept, a test awaits one, sends it signals, or kills it. Disposal ends it and all
/// its children, by their ids.
/// </summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(Predicate<string> Wanted, TaskCompletionSource<string> Seen)> _awaited = [];

    private RunningProgram(Process process, string command)
    {
        _process = process;
        Command = command;
        Identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, 0);
        Exited = WatchAsync();
    }

    /// <summary>The command line, for messages.</summary>
    public string Command { get; }

    public ProcessIdentity Identity { get; }

    /// <summary>Completes with the exit code (128 + n after signal n) when it has ended and its outputs are read.</summary>
    public Task<int> Exited { get; }

    /// <summary>Everything it has written so far, both outputs, line by line.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">A name on the PATH, or a path.</param>
    /// <param name="arguments">Handed over as they are.</param>
    /// <param name="environment">Added to this process's own.</param>
    public static RunningProgram Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // What a script starts in the background ignores interrupts, and so would all that is started from there: env ends that,
        // and becomes the program.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "--", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new RunningProgram(process, $"{program} {string.Join(' ', start.ArgumentList.Skip(3))}");
    }

    /// <summary>Completes with the first line, past or to come, that has this text in it.</summary>
    /// <exception cref="TimeoutException">It did not come in time; the message has what came instead.</exception>
    /// <exception cref="InvalidOperationException">The program ended without it.</exception>
    public async Task<string> LineWithAsync(string text, TimeSpan within, CancellationToken cancellationToken)
    {
        var line = AwaitLine(candidate => candidate.Contains(text, StringComparison.Ordinal));
        try
        {
            var first = await Task.WhenAny(line, Exited).WaitAsync(within, cancellationToken);
            return first == line || line.IsCompletedSuccessfully
                ? await line
                : throw new InvalidOperationException($"{Command}\nended with {await Exited} and never wrote \"{text}\":\n{Said()}");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{Command}\ndid not write \"{text}\" within {within}:\n{Said()}", late);
        }
    }

    public void Send(Signal signal) => Identity.Send(signal);

    /// <summary><c>kill -9</c>: the program gets no chance to say or save anything.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        Send(Signal.Kill);
        await Exited.WaitAsync(cancellationToken);
    }

    /// <summary>Asks it to end (SIGTERM) and returns its exit code; kills it when it does not.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Send(Signal.Terminate);
        try
        {
            return await Exited.WaitAsync(Grace, cancellationToken);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            return await Exited.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            _process.Kill(entireProcessTree: true);
            await Exited;
        }

        _process.Dispose();
    }

    /// <summary>All it has written, for messages.</summary>
    public string Said() => string.Join('\n', Lines);

    private Task<string> AwaitLine(Predicate<string> wanted)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_lines.Find(wanted) is { } line)
            {
                seen.SetResult(line);
            }
            else
            {
                _awaited.Add((wanted, seen));
            }

            return seen.Task;
        }
    }

    private async Task<int> WatchAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
                foreach (var awaited in _awaited.FindAll(awaited => awaited.Wanted(line)))
                {
                    _awaited.Remove(awaited);
                    awaited.Seen.SetResult(line);
                }
            }
        }
    }
}
