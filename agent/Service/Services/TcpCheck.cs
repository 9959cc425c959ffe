using System.Net.Sockets;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>Opens a connection to a port of this server, and closes it.</summary>
internal static class TcpCheck
{
    public static async Task<CheckSeen> CheckAsync(TcpTarget target, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(patience, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        long begun = time.GetTimestamp();
        try
        {
            using Socket socket = await OwnAddresses.ConnectAsync(target.Port, both.Token);
            return new ConnectionSeen(ConnectionOutcome.Open, time.GetElapsedTime(begun));
        }
        catch (SocketException error)
        {
            return new ConnectionSeen(OutcomeOf(error), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectionSeen(ConnectionOutcome.TimedOut, null);
        }
    }

    public static ConnectionOutcome OutcomeOf(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => ConnectionOutcome.Refused,
        SocketError.TimedOut => ConnectionOutcome.TimedOut,
        _ => ConnectionOutcome.Failed,
    };
}
