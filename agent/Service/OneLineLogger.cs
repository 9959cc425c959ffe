using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent;

/// <summary>
/// Logs to the standard error output, one line an entry, with the priority in front that journald reads
/// (<c>&lt;4&gt;</c>, sd-daemon(3)) or, on a terminal, the time of day.
/// </summary>
internal sealed class OneLineLogger(LogLevel minimum, TimeProvider time, bool journal) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
    }

    private static int PriorityOf(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private void Write(LogLevel level, string category, string message, Exception? error)
    {
        string head = journal ? $"<{PriorityOf(level)}>" : $"{time.GetLocalNow():HH:mm:ss} {level.ToString()[..4].ToLowerInvariant()} ";
        string tail = error is null ? "" : $" ({error.GetType().Name}: {error.Message})";
        string line = $"{head}{category}: {message}{tail}".ReplaceLineEndings(" | ");
        lock (_gate)
        {
            Console.Error.WriteLine(line);
        }
    }

    private sealed class Category(OneLineLogger owner, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel != LogLevel.None && logLevel >= (name is "Host" or "Lifetime" or "ApplicationLifetime" ? LogLevel.Warning : owner.Minimum);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(logLevel, name, formatter(state, exception), exception);
            }
        }
    }

    private LogLevel Minimum => minimum;
}
