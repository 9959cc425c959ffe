using Grpc.Core;
using Grpc.Net.Framing;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Writes the messages of a response straight into the server's pipe, and its end.</summary>
internal sealed class ResponseBody(HttpContext http, FrameWriter frames)
{
    private readonly CallProgress _progress = new();
    private Task _lastWrite = Task.CompletedTask;
    private bool _corrupt;

    /// <summary>Whether the headers, or a message, have been written.</summary>
    public bool HasStarted { get; private set; }

    public WriteOptions? WriteOptions { get; set; }

    public bool HasEnded => _progress.HasEnded;

    /// <summary>Sends the headers before there is a message.</summary>
    public Task SendHeadersAsync(CancellationToken cancellationToken)
    {
        _progress.BeginWrite();
        HasStarted = true;
        return _lastWrite = FlushAsync(cancellationToken);
    }

    /// <summary>Sends a message; done when the transport took it.</summary>
    public Task SendAsync<T>(T message, Marshaller<T> marshaller, WriteOptions? options, CancellationToken cancellationToken)
    {
        Write(message, marshaller, options);
        if (options?.Flags.HasFlag(WriteFlags.BufferHint) == true)
        {
            _progress.EndWrite();
            return Task.CompletedTask;
        }

        return _lastWrite = FlushAsync(cancellationToken);
    }

    /// <summary>Writes the one message of a response; it goes out together with the end.</summary>
    public void WriteSingle<T>(T message, Marshaller<T> marshaller)
    {
        Write(message, marshaller, WriteOptions);
        _progress.EndWrite();
    }

    /// <summary>Ends the call after the writes that nobody waited for. Nothing happens when it has ended before.</summary>
    public async Task EndAsync(Status status, Metadata trailers)
    {
        try
        {
            await _lastWrite.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whoever wrote knows.
        }

        if (_progress.TryEnd())
        {
            WriteEnd(status, trailers);
        }
    }

    /// <summary>Ends the call while its handler still runs.</summary>
    public void EndAtOnce(Status status)
    {
        if (_progress.TryEnd())
        {
            WriteEnd(status, Metadata.Empty);
            _ = CompleteAsync();
        }
        else if (_progress.ForceEnd())
        {
            // A write waits for a client that takes nothing: it would wait for the status, too.
            EndOfCall.Reset(http, EndOfCall.Cancel);
        }
    }

    private void Write<T>(T message, Marshaller<T> marshaller, WriteOptions? options)
    {
        _progress.BeginWrite();
        try
        {
            var compress = options?.Flags.HasFlag(WriteFlags.NoCompress) != true;
            frames.Write(http.Response.BodyWriter, message, marshaller.ContextualSerializer, compress);
            HasStarted = true;
        }
        catch
        {
            _corrupt |= !frames.IsOutputIntact;
            _progress.EndWrite();
            throw;
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await http.Response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _progress.EndWrite();
        }

        http.RequestAborted.ThrowIfCancellationRequested();
    }

    private void WriteEnd(Status status, Metadata trailers)
    {
        if (_corrupt)
        {
            EndOfCall.Reset(http, EndOfCall.InternalError);
        }
        else if (HasStarted)
        {
            EndOfCall.WriteTrailers(http.Response, status, trailers);
        }
        else
        {
            EndOfCall.WriteHeaders(http.Response, status, trailers);
        }
    }

    private async Task CompleteAsync()
    {
        try
        {
            await http.Response.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The client is gone: there is nobody to tell.
        }
    }
}
