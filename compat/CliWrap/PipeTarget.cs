using System.Text;

namespace CliWrap;

/// <summary>Where a process's output goes.</summary>
public abstract class PipeTarget
{
    /// <summary>Nowhere: it is read and dropped, so that the process is not blocked.</summary>
    public static PipeTarget Null { get; } =
        Create((origin, cancellationToken) => origin.CopyToAsync(Stream.Null, cancellationToken));

    /// <summary>Reads the process's output to its end.</summary>
    public abstract Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default);

    /// <summary>A target that a delegate reads.</summary>
    public static PipeTarget Create(Func<Stream, CancellationToken, Task> handlePipeAsync) => new Delegated(handlePipeAsync);

    /// <summary>Into a stream, flushed after each part.</summary>
    public static PipeTarget ToStream(Stream stream) => ToStream(stream, autoFlush: true);

    /// <summary>Into a stream.</summary>
    public static PipeTarget ToStream(Stream stream, bool autoFlush) =>
        Create(async (origin, cancellationToken) =>
        {
            var buffer = new byte[8192];
            for (int count; (count = await origin.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                if (autoFlush)
                    await stream.FlushAsync(cancellationToken);
            }
        });

    /// <summary>Into a file, which is made or emptied.</summary>
    public static PipeTarget ToFile(string filePath) =>
        Create(async (origin, cancellationToken) =>
        {
            await using var file = File.Create(filePath);
            await origin.CopyToAsync(file, cancellationToken);
        });

    /// <summary>Into a text.</summary>
    public static PipeTarget ToStringBuilder(StringBuilder stringBuilder, Encoding encoding) =>
        Create(async (origin, cancellationToken) =>
        {
            using var reader = new StreamReader(origin, encoding, false, 1024, leaveOpen: true);
            var buffer = new char[1024];
            for (int count; (count = await reader.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0;)
                stringBuilder.Append(buffer, 0, count);
        });

    /// <summary>Into a text, from the console's encoding, UTF-8 on Linux.</summary>
    public static PipeTarget ToStringBuilder(StringBuilder stringBuilder) => ToStringBuilder(stringBuilder, Encoding.Default);

    /// <summary>To a delegate, line by line.</summary>
    public static PipeTarget ToDelegate(Func<string, CancellationToken, Task> handleLineAsync, Encoding encoding) =>
        Create(async (origin, cancellationToken) =>
        {
            using var reader = new StreamReader(origin, encoding, false, 1024, leaveOpen: true);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
                await handleLineAsync(line, cancellationToken);
        });

    /// <summary>To a delegate, line by line, from the console's encoding.</summary>
    public static PipeTarget ToDelegate(Func<string, CancellationToken, Task> handleLineAsync) =>
        ToDelegate(handleLineAsync, Encoding.Default);

    /// <summary>To a delegate, line by line, from the console's encoding.</summary>
    public static PipeTarget ToDelegate(Action<string> handleLine) => ToDelegate(
        (line, _) =>
        {
            handleLine(line);
            return Task.CompletedTask;
        },
        Encoding.Default);

    /// <summary>Into several targets: each is given every part.</summary>
    public static PipeTarget Merge(params PipeTarget[] targets) => Create((origin, cancellationToken) => Fork.CopyAsync(origin, targets, cancellationToken));

    private sealed class Delegated(Func<Stream, CancellationToken, Task> handlePipeAsync) : PipeTarget
    {
        public override Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default) =>
            handlePipeAsync(origin, cancellationToken);
    }
}
