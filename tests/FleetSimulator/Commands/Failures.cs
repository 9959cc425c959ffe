using System.Net.Sockets;
using Grpc.Core;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary>Tells what went wrong, for what can go wrong by itself.</summary>
internal static class Failures
{
    /// <summary>Runs a verb; 1 when it could not do its work.</summary>
    public static async Task<int> ToldAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or FormatException or SocketException)
        {
            return Tell(error.Message);
        }
        catch (RpcException error)
        {
            return Tell($"The controller answered {error.StatusCode}: {error.Status.Detail}");
        }
        catch (OperationCanceledException)
        {
            return Tell("Stopped.");
        }
    }

    public static int Tell(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
