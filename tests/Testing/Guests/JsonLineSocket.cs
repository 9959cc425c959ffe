using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace HaiSoft.Testing.Guests;

/// <summary>
/// The protocol that QEMU's monitor (QMP) and the guest's agent share: one JSON object a line over a UNIX socket,
/// <c>{"execute": NAME, "arguments": {...}}</c> answered by <c>{"return": ...}</c> or <c>{"error": ...}</c>; events come in between.
/// </summary>
internal sealed class JsonLineSocket : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private JsonLineSocket(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    internal static async Task<JsonLineSocket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new JsonLineSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command and returns what it returned.</summary>
    internal async Task<JsonNode?> ExecuteAsync(string command, JsonObject? arguments, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["execute"] = command };
        if (arguments is not null)
        {
            request["arguments"] = arguments;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"), cancellationToken);
            while (await _reader.ReadLineAsync(cancellationToken) is { } line)
            {
                var answer = JsonNode.Parse(line)!.AsObject();
                if (answer.TryGetPropertyValue("return", out var returned))
                {
                    return returned;
                }

                if (answer.TryGetPropertyValue("error", out var error))
                {
                    throw new InvalidOperationException($"{command} was refused: {error!.ToJsonString()}");
                }
            }

            throw new InvalidOperationException($"The guest closed the line before it answered {command}.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _socket.Dispose();
        _turn.Dispose();
    }
}
