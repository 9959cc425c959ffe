using System.Text;

namespace CliWrap;

/// <summary>What a process reads.</summary>
public abstract class PipeSource
{
    /// <summary>Nothing.</summary>
    public static PipeSource Null { get; } = Create((_, _) => Task.CompletedTask);

    /// <summary>Writes to the process's input.</summary>
    public abstract Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default);

    /// <summary>A source that a delegate writes.</summary>
    public static PipeSource Create(Func<Stream, CancellationToken, Task> handlePipeAsync) => new Delegated(handlePipeAsync);

    /// <summary>The content of a stream.</summary>
    public static PipeSource FromStream(Stream stream) =>
        Create((destination, cancellationToken) => stream.CopyToAsync(destination, cancellationToken));

    /// <summary>Bytes.</summary>
    public static PipeSource FromBytes(byte[] data) =>
        Create((destination, cancellationToken) => destination.WriteAsync(data, cancellationToken).AsTask());

    /// <summary>A text.</summary>
    public static PipeSource FromString(string str, Encoding encoding) => FromBytes(encoding.GetBytes(str));

    /// <summary>A text in the console's encoding, UTF-8 on Linux.</summary>
    public static PipeSource FromString(string str) => FromString(str, new UTF8Encoding(false));

    private sealed class Delegated(Func<Stream, CancellationToken, Task> handlePipeAsync) : PipeSource
    {
        public override Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default) =>
            handlePipeAsync(destination, cancellationToken);
    }
}
