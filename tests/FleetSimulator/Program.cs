using System.CommandLine;
using HaiSoft.FleetSimulator.Commands;

RootCommand root = new("Simulates a fleet of HaiSoft agents: the true protocol, one mutual TLS connection for each agent.")
{
    EnrolCommand.Make(),
    RunCommand.Make(),
    AttackCommand.Make(),
    CheckCommand.Make(),
};

// A run that is told to end still settles and tells its figures.
InvocationConfiguration invocation = new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
return await root.Parse(args).InvokeAsync(invocation);
