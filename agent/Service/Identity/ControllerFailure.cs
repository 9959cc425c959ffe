using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;
using HaiSoft.Agent.Readings;

namespace HaiSoft.Agent.Identity;

/// <summary>Says in words why a call to the controller failed, and what to do.</summary>
internal static class ControllerFailure
{
    /// <summary>One or two sentences for the terminal, the log and the status.</summary>
    public static string Explain(Exception error, ControllerAddress address, TrustFault trust, DateTimeOffset now) => trust switch
    {
        TrustFault.OtherAuthority =>
            $"{address} is not the controller that was meant: its certificate comes from another CA. Look at the address; to enrol with this controller, make the token there.",
        TrustFault.OtherName =>
            $"The certificate of {address} is for other names. Use the address that the controller is configured with (PublicAddress).",
        TrustFault.NotYetValid =>
            $"By this server's clock ({now:yyyy-MM-dd HH:mm} UTC) the controller's certificate is not valid yet: the clock is probably behind. Set it (timedatectl), then try again.",
        TrustFault.Expired =>
            $"By this server's clock ({now:yyyy-MM-dd HH:mm} UTC) the controller's certificate has expired: the clock is probably ahead. Set it (timedatectl), then try again.",
        TrustFault.Unsuitable => $"{address} showed a certificate that is not a controller's.",
        _ => ExplainCall(error, address),
    };

    private static string ExplainCall(Exception error, ControllerAddress address)
    {
        if (Find<SocketException>(error) is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
                    $"The name of {address} is not known here: look at its spelling and at this server's name service.",
                SocketError.ConnectionRefused => $"{address} refuses the connection: no controller listens there. Look at address and port.",
                SocketError.TimedOut => $"{address} does not answer: a firewall may be in the way (outgoing TCP to that port).",
                SocketError.NetworkUnreachable or SocketError.HostUnreachable => $"There is no way to {address} from here.",
                _ => $"The connection to {address} broke ({socket.SocketErrorCode}).",
            };
        }

        if (Find<AuthenticationException>(error) is not null)
        {
            return $"{address} ended the TLS handshake: it does not take this agent's certificate. If it has expired or was revoked, enrol again with a new token.";
        }

        return error switch
        {
            RpcException { StatusCode: StatusCode.DeadlineExceeded } or OperationCanceledException or TimeoutException =>
                $"{address} does not answer: a firewall may be in the way (outgoing TCP to that port).",
            RpcException { StatusCode: StatusCode.Unimplemented } => $"{address} is not a controller's port for agents.",
            RpcException { StatusCode: StatusCode.Unavailable } rpc when rpc.Trailers.GetValue("retry-after") is not null =>
                $"{address} sends this agent away for now: {Wording.Bound(rpc.Status.Detail)}",
            RpcException { StatusCode: StatusCode.Unavailable } rpc => $"{address} cannot be reached: {Wording.Bound(rpc.Status.Detail)}",
            RpcException rpc => Wording.Bound(rpc.Status.Detail),
            _ => $"{address} cannot be reached: {Wording.Bound(error.Message)}",
        };
    }

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error is RpcException { InnerException: null } rpc ? rpc.Status.DebugException : error.InnerException)
        {
            if (error is T found)
            {
                return found;
            }
        }

        return null;
    }
}
