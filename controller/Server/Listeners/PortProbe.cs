using System.Net;
using System.Net.Sockets;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Listeners;

/// <summary>Tries the ports just before they are opened, so that a port that is taken is told by the name of its option.</summary>
internal static class PortProbe
{
    /// <summary>Tries all three.</summary>
    /// <exception cref="StartRefusedException">One cannot be opened; the message names every one.</exception>
    public static void RefuseTakenPorts(this WebApplication app)
    {
        ListenerOptions options = app.Services.GetRequiredService<IOptions<ListenerOptions>>().Value;
        string[] faults = [.. Wanted(options).Select(wanted => FaultOf(wanted.Option, wanted.Endpoint)).OfType<string>()];
        if (faults.Length > 0)
            throw new StartRefusedException(string.Join("\n  ", faults), StartExitCode.Address, cause: null);
    }

    private static string? FaultOf(string option, IPEndPoint endpoint)
    {
        try
        {
            using Socket socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endpoint);
            socket.Listen();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"Port {endpoint.Port} is taken by another program: stop it, or set Controller:{option} to another port (now {endpoint}).",
                SocketError.AddressNotAvailable =>
                    $"This machine does not have the address {endpoint.Address}: set Controller:{option} to one that it has, or to 0.0.0.0.",
                SocketError.AccessDenied =>
                    $"Port {endpoint.Port} may not be opened by this user: set Controller:{option} to a port above 1023 (now {endpoint}).",
                _ => $"Controller:{option}, {endpoint}, cannot be listened on: {e.Message}.",
            };
        }
    }

    private static IEnumerable<(string Option, IPEndPoint Endpoint)> Wanted(ListenerOptions o)
    {
        yield return (nameof(o.AgentsEndpoint), o.Agents);
        yield return (nameof(o.TechniciansEndpoint), o.Technicians);
        yield return (nameof(o.ConsoleEndpoint), o.Console.Endpoint);
    }
}
