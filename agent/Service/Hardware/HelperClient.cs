using System.Buffers.Binary;
using System.Net.Sockets;
using Google.Protobuf;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Hardware;

/// <summary>
/// Asks the privileged helper, over its UNIX socket: one connection for each request, so that the helper can end when
/// nobody asks.
/// </summary>
internal sealed class HelperClient(string socketPath, TimeSpan patience, AgentClock clock)
{
    private const int LengthBytes = 4;
    private const int MaximumAnswerBytes = 16 << 20;

    /// <summary>Every run of the tool that reads the source; unavailable when the helper does not answer.</summary>
    public async Task<Reading<IReadOnlyList<ToolOutput>>> ProbeAsync(ProbeSource source, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeOut = new(patience, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        try
        {
            HelperResponse response = await AskAsync(new HelperRequest { Probe = new Probe { Source = source } }, either.Token);
            return response.AnswerCase switch
            {
                HelperResponse.AnswerOneofCase.Probe => Reading.Measured<IReadOnlyList<ToolOutput>>([.. response.Probe.Runs.Select(ToolRuns.Read)]),
                HelperResponse.AnswerOneofCase.Refusal => Down($"the helper refuses: {response.Refusal.Reason}"),
                _ => Down("the helper answers what this agent does not know: are both of one version?"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Down("the helper did not answer in time");
        }
        catch (Exception error) when (error is SocketException or IOException or InvalidDataException or InvalidProtocolBufferException)
        {
            return Down($"the helper at {socketPath} does not answer: {error.Message}; is haisoft-helper.socket running?");
        }
    }

    private async Task<HelperResponse> AskAsync(HelperRequest request, CancellationToken cancellationToken)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
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

    private static Reading<IReadOnlyList<ToolOutput>> Down(string detail) =>
        Reading.Unavailable<IReadOnlyList<ToolOutput>>(UnavailableReason.HelperDown, detail);
}
