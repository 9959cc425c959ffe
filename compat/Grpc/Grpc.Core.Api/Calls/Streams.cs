namespace Grpc.Core;

/// <summary>Reads the messages of the other side, one after another.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> read.</summary>
    T Current { get; }

    /// <summary>Reads a message; false when there are no more. One read at a time.</summary>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>Sends messages to the other side, one after another.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the next messages are written; null for the call's own way.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Sends a message; done when the transport took it. One write at a time.</summary>
    Task WriteAsync(T message);

    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This writer does not support cancellation of a write.");
        }

        return WriteAsync(message);
    }
}

/// <summary>Sends a client's messages.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that there are no more messages.</summary>
    Task CompleteAsync();
}

/// <summary>Sends a server's messages.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
