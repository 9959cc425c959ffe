using System.CommandLine;
using HaiSoft.Agent;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Status;

Option<string?> state = new("--state")
{
    Description = "Where identity, spool and status are kept (default: $STATE_DIRECTORY or /var/lib/haisoft-agent).",
    HelpName = "DIR",
};

RootCommand root = new("""
    Watches this server for its hosting company: hardware, main services, measurements. It dials out to the controller and
    never listens.

    Exit status: 0 done; 1 failed, the message says why; 2 wrong usage; for 'status' also 3 not enrolled, 4 not connected.
    """)
{
    RunCommand.Create(state),
    EnrolCommand.Create(state),
    StatusCommand.Create(state),
    CatalogueCommand.Create(),
};

ParseResult arguments = root.Parse(args);
int code = await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = AgentHost.StopsWithin });
return arguments.Errors.Count > 0 ? ExitCodes.Usage : code;
