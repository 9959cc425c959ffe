using System.Runtime.CompilerServices;

namespace CliWrap;

/// <summary>A process that runs; awaiting it gives its result.</summary>
public sealed class CommandTask<TResult>(Task<TResult> task, int processId) : IDisposable
{
    /// <summary>Ends when the process has ended and its pipes are drained.</summary>
    public Task<TResult> Task { get; } = task;

    /// <summary>The process's id.</summary>
    public int ProcessId { get; } = processId;

    /// <summary>Lets the command be awaited.</summary>
    public TaskAwaiter<TResult> GetAwaiter() => Task.GetAwaiter();

    /// <summary>Configures how it is awaited.</summary>
    public ConfiguredTaskAwaitable<TResult> ConfigureAwait(bool continueOnCapturedContext) => Task.ConfigureAwait(continueOnCapturedContext);

    /// <summary>Releases the task; the process goes on.</summary>
    public void Dispose()
    {
        if (Task.IsCompleted)
            Task.Dispose();
    }

    /// <summary>The same process, another result.</summary>
    internal CommandTask<T> Bind<T>(Func<Task<TResult>, Task<T>> transform) => new(transform(Task), ProcessId);

    /// <summary>The task alone.</summary>
    public static implicit operator Task<TResult>(CommandTask<TResult> commandTask) => commandTask.Task;
}
