using System.CommandLine;
using HaiSoft.FleetSimulator.Commands;

RootCommand root = new("Simulates a fleet of HaiSoft agents: the true protocol, one mutual TLS connection for each agent.")
{
    EnrolCommand.Make(),
    RunCommand.Make(),
    CheckCommand.Make(),
};

return await root.Parse(args).InvokeAsync();
