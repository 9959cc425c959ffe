using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Agent.Helper.Probe;

// haisoft-helper                               started by systemd for its socket; ends itself when nobody asks for 60 s
// haisoft-helper --socket PATH --peer-uid UID  started by hand
if (!HelperArguments.TryParse(args, out var arguments, out var problem))
{
    await Console.Error.WriteLineAsync(problem);
    return 64; // EX_USAGE
}

using var stop = new CancellationTokenSource();
using var onTerminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, Stop);
using var onInterrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, Stop);
try
{
    using var listener = arguments.Open();
    using var desk = new ProbeDesk(ToolPaths.System, ToolLimits.Default, TimeProvider.System);
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

void Stop(System.Runtime.InteropServices.PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
