using System.Runtime.InteropServices;
using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Probe;
using HaiSoft.Agent.Helper.Trust;

// haisoft-helper                               started by systemd for its socket; ends itself when nobody asks for 60 s
// haisoft-helper plan                          the same for another job, with a socket of its own
// haisoft-helper --socket PATH --peer-uid UID  started by hand
if (!HelperArguments.TryParse(args, out var arguments, out var problem))
{
    await Console.Error.WriteLineAsync(problem);
    return 64; // EX_USAGE
}

using var stop = new CancellationTokenSource();
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    using var listener = arguments.Open();
    using var desk = OpenDesk(arguments);
    var server = new HelperServer(listener, arguments.AllowedUsers(), desk, arguments.IdleLimit, TimeProvider.System);
    SystemdNotice.Send("READY=1");
    await server.ServeAsync(stop.Token);
    SystemdNotice.Send("STOPPING=1");
    return 0;
}
catch (ListeningException ex)
{
    await Console.Error.WriteLineAsync($"haisoft-helper: {ex.Message}");
    return 78; // EX_CONFIG
}

static IRequestDesk OpenDesk(HelperArguments arguments)
{
    if (arguments.Job == HelperJob.Probe)
        return new ProbeDesk(ToolPaths.System, ToolLimits.Default, TimeProvider.System);
    var trust = new TrustStore(Path.Combine(arguments.StateFolder, "trust"), arguments.PinFile, TimeProvider.System);
    return new PlanDesk(trust, new PlanMaker(arguments.StateFolder, "/", trust, TimeProvider.System));
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
