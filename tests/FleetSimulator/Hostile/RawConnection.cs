using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>A TLS connection on which anything may be said, good HTTP/2 or not. What comes back is read and thrown away.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int LargestFrame = 16 * 1024;
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly SslStream _tls;

    private RawConnection(Socket socket, SslStream tls) => (_socket, _tls) = (socket, tls);

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<RawConnection> DialAsync(DnsEndPoint address, SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            SslStream tls = new(new NetworkStream(socket, ownsSocket: true));
            options.TargetHost = address.Host;
            options.ApplicationProtocols = [SslApplicationProtocol.Http2];
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            return new RawConnection(socket, tls);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _tls.WriteAsync(bytes, cancellationToken);
        await _tls.FlushAsync(cancellationToken);
    }

    /// <summary>Begins HTTP/2.</summary>
    /// <param name="window">How much of a stream's answer we let the other side send.</param>
    public async Task BeginAsync(int window, CancellationToken cancellationToken)
    {
        byte[] settings = new byte[6];
        settings[1] = 4; // SETTINGS_INITIAL_WINDOW_SIZE
        BinaryPrimitives.WriteInt32BigEndian(settings.AsSpan(2), window);
        await WriteAsync(Preface, cancellationToken);
        await FrameAsync(FrameType.Settings, flags: 0, stream: 0, settings, cancellationToken);
    }

    /// <summary>One HTTP/2 frame, its length as it is.</summary>
    public Task FrameAsync(FrameType type, byte flags, int stream, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = ((byte)type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.Span.CopyTo(frame.AsSpan(9));
        return WriteAsync(frame, cancellationToken);
    }

    /// <summary>Opens a call.</summary>
    public Task CallAsync(int stream, string path, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, string Value)> more) =>
        FrameAsync(FrameType.Headers, HeaderBlock.EndHeaders, stream, HeaderBlock.OfCall(path, more), cancellationToken);

    /// <summary>Bytes of a call's body.</summary>
    public async Task BodyAsync(int stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (int at = 0; at < bytes.Length; at += LargestFrame)
            await FrameAsync(FrameType.Data, flags: 0, stream, bytes[at..Math.Min(bytes.Length, at + LargestFrame)], cancellationToken);
    }

    /// <summary>Reads what comes until the other side ends the connection.</summary>
    public async Task EndedAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LargestFrame];
        try
        {
            while (await _tls.ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Ended without a word, as it may.
        }
    }

    /// <summary>Whether the other side has not ended it yet. What it said and nobody read is thrown away.</summary>
    public bool StillStands()
    {
        byte[] unread = new byte[LargestFrame];
        try
        {
            while (_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                if (_socket.Receive(unread) == 0)
                    return false;
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        // Without a word, as an attacker leaves.
        _socket.LingerState = new LingerOption(true, 0);
        _tls.Dispose();
        _socket.Dispose();
    }
}

/// <summary>RFC 9113, section 6.</summary>
internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    Priority = 2,
    Reset = 3,
    Settings = 4,
    PushPromise = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}
