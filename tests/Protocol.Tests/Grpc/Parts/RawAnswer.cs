using System.Text.Json;

namespace HaiSoft.Protocol.Tests.Grpc.Parts;

/// <summary>What came back for a request that was sent frame by frame.</summary>
internal sealed record RawAnswer(JsonElement Answer)
{
    public int HttpStatus => Answer.GetProperty("headers").TryGetProperty(":status", out var status) ? status.GetInt32() : 0;

    public string? GrpcStatus => Field("grpc-status");

    public string? GrpcMessage => Field("grpc-message");

    /// <summary>The error code of the stream's reset; 0 for none.</summary>
    public int Reset => Answer.GetProperty("reset").GetInt32();

    public bool TimedOut => Answer.TryGetProperty("timedOut", out _);

    public int Received => Answer.GetProperty("received").GetInt32();

    /// <summary>A field of the trailers, or of the headers.</summary>
    public string? Field(string name) =>
        Answer.GetProperty("trailers").TryGetProperty(name, out var trailer) ? trailer.GetString()
        : Answer.GetProperty("headers").TryGetProperty(name, out var header) ? header.GetString()
        : null;

    /// <summary>Sends a request to a server in clear.</summary>
    public static async Task<RawAnswer> AskAsync(int port, object request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var peer = NodePeer.Start("raw-client.mjs", $"http://127.0.0.1:{port}", JsonSerializer.Serialize(request));
        using var answer = JsonDocument.Parse(await peer.OutputAsync(limit.Token));
        return new RawAnswer(answer.RootElement.Clone());
    }
}
