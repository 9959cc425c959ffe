using System.Buffers.Binary;
using System.Net.Sockets;
using Google.Protobuf;
using HaiSoft.Agent.Readings;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Privileges;

/// <summary>
/// Asks the privileged helper, over the UNIX socket of one of its jobs: one connection for each request, so that the helper can end
/// when nobody asks.
/// </summary>
/// <param name="path">The job's socket.</param>
/// <param name="unit">The unit that makes the socket, for words that help.</param>
/// <param name="patience">How long an answer may take.</param>
/// <param name="time">Measures it.</param>
internal sealed class HelperSocket(string path, string unit, TimeSpan patience, TimeProvider time)
{
    private const int LengthBytes = 4;
    private const int MaximumAnswerBytes = 16 << 20;

    /// <summary>The helper's answer; unavailable when there is none, or it refuses.</summary>
    public async Task<Reading<HelperResponse>> AskAsync(HelperRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeOut = new(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            HelperResponse response = await ConverseAsync(request, either.Token);
            return response.Refusal is { } refusal ? Down($"the helper refuses: {refusal.Reason}") : Reading.Measured(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Down("the helper did not answer in time");
        }
        catch (Exception error) when (error is SocketException or IOException or InvalidDataException or InvalidProtocolBufferException)
        {
            return Down($"the helper at {path} does not answer: {error.Message}; is {unit} running?");
        }
    }

    /// <summary>What a response of another kind than the one that was asked for is.</summary>
    public static Unavailability NotUnderstood { get; } =
        new(UnavailableReason.HelperDown, "the helper answers what this agent does not know: are both of one version?");

    private async Task<HelperResponse> ConverseAsync(HelperRequest request, CancellationToken cancellationToken)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        await using NetworkStream stream = new(socket);
        byte[] frame = new byte[LengthBytes + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - LengthBytes);
        request.WriteTo(frame.AsSpan(LengthBytes));
        await stream.WriteAsync(frame, cancellationToken);

        await stream.ReadExactlyAsync(frame.AsMemory(0, LengthBytes), cancellationToken);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(frame);
        if (length > MaximumAnswerBytes)
        {
            throw new InvalidDataException("an answer that is too long");
        }

        byte[] answer = new byte[length];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return HelperResponse.Parser.ParseFrom(answer);
    }

    private static Reading<HelperResponse> Down(string detail) => Reading.Unavailable<HelperResponse>(UnavailableReason.HelperDown, detail);
}
