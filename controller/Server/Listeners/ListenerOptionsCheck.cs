using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Listeners;

/// <summary>Checks all options together, so that one start tells every mistake, each with what to write instead.</summary>
internal sealed class ListenerOptionsCheck : IValidateOptions<ListenerOptions>
{
    public ValidateOptionsResult Validate(string? name, ListenerOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(ListenerOptions options) =>
        EndpointErrors(options).Concat(ConsoleErrors(options)).Concat(AddressErrors(options)).Concat(PortErrors(options)).Concat(BoundErrors(options));

    private static IEnumerable<string> EndpointErrors(ListenerOptions options)
    {
        if (ListenAddress.Parse(options.AgentsEndpoint) is null)
        {
            yield return $"Controller:AgentsEndpoint is '{options.AgentsEndpoint}': write an address and a port, for example 0.0.0.0:7443 or [::]:7443.";
        }

        if (ListenAddress.Parse(options.TechniciansEndpoint) is null)
        {
            yield return $"Controller:TechniciansEndpoint is '{options.TechniciansEndpoint}': write an address and a port, for example 127.0.0.1:7444.";
        }
    }

    private static IEnumerable<string> ConsoleErrors(ListenerOptions options)
    {
        if (ConsoleAddress.Parse(options.ConsoleEndpoint) is not { } console)
        {
            yield return $"Controller:ConsoleEndpoint is '{options.ConsoleEndpoint}': write http:// or https://, an address and a port, for example http://127.0.0.1:7080.";
        }
        else if (!console.Tls && !System.Net.IPAddress.IsLoopback(console.Endpoint.Address))
        {
            yield return $"Controller:ConsoleEndpoint is '{options.ConsoleEndpoint}': passwords would cross the network in clear. "
                + "Write https://, or a loopback address such as http://127.0.0.1:7080.";
        }
    }

    private static IEnumerable<string> AddressErrors(ListenerOptions options)
    {
        if (options.PublicAddress.Length > 0 && Listeners.PublicAddress.Parse(options.PublicAddress, 0) is null)
        {
            yield return $"Controller:PublicAddress is '{options.PublicAddress}': write the name or address that agents dial, for example controller.example or controller.example:7443.";
        }
    }

    private static IEnumerable<string> BoundErrors(ListenerOptions options)
    {
        if (options.IdleConnections is < 16 or > 100_000)
        {
            yield return $"Controller:IdleConnections is {options.IdleConnections}: give 16 to 100000.";
        }
    }

    private static IEnumerable<string> PortErrors(ListenerOptions options)
    {
        (string Option, int Port)[] ports =
        [
            (nameof(options.AgentsEndpoint), ListenAddress.Parse(options.AgentsEndpoint)?.Port ?? 0),
            (nameof(options.TechniciansEndpoint), ListenAddress.Parse(options.TechniciansEndpoint)?.Port ?? 0),
            (nameof(options.ConsoleEndpoint), ConsoleAddress.Parse(options.ConsoleEndpoint)?.Endpoint.Port ?? 0),
        ];
        return ports.Where(p => p.Port != 0)
            .GroupBy(p => p.Port)
            .Where(same => same.Count() > 1)
            .Select(same => $"Controller:{string.Join(" and Controller:", same.Select(p => p.Option))} have the same port {same.Key}: give each its own.");
    }
}
