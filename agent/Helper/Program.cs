using System.Runtime.InteropServices;
using HaiSoft.Agent.Helper.CarryOut;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Agent.Helper.Orders;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Probe;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Agent.Helper.Trust;

// haisoft-helper                               started by systemd for its socket; ends itself when nobody asks for 60 s
// haisoft-helper plan|run                      the same for another job, with a socket of its own
// haisoft-helper carry-out ORDER-ID            started by the job "run" for one order, apart from it
// haisoft-helper --socket PATH --peer-uid UID  started by hand
if (args is ["carry-out", ..])
    return await CarryOutAsync();
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
    var maker = new PlanMaker(arguments.StateFolder, arguments.SystemRoot, trust, TimeProvider.System);
    return arguments.Job == HelperJob.Plan ? new PlanDesk(trust, maker) : OpenRunDesk(arguments, trust, maker);
}

static RunDesk OpenRunDesk(HelperArguments arguments, TrustStore trust, PlanMaker maker)
{
    var tool = new PackageTool(TimeProvider.System);
    var journal = new OrderJournal(Path.Combine(arguments.StateFolder, "orders"), TimeProvider.System);
    var taking = new OrderTaking(journal, trust, arguments.SystemRoot, TimeProvider.System);
    var preparation = new OrderPreparation(new KeptPlans(Path.Combine(arguments.StateFolder, "plans"), TimeProvider.System), maker, trust, arguments.SystemRoot);
    IOrderStarter starter = arguments.SocketPath is null
        ? new TransientUnit(tool, Environment.ProcessPath!)
        : new ChildProcess(tool, Environment.ProcessPath!, ["--state", arguments.StateFolder, "--system", arguments.SystemRoot]);
    return new RunDesk(journal, taking, new OrderCourse(journal, taking, preparation, starter, TimeProvider.System));
}

async Task<int> CarryOutAsync()
{
    if (CarryOutArguments.Read(args, HelperArguments.DefaultStateFolder) is not { } order)
    {
        await Console.Error.WriteLineAsync("usage: haisoft-helper carry-out ORDER-ID [--state FOLDER] [--system FOLDER]");
        return 64; // EX_USAGE
    }

    // What was begun is ended: dnf in the middle of its work is not to be stopped.
    using var onStop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
    var tool = new PackageTool(TimeProvider.System);
    var keys = new KeyRings(Path.Combine(order.StateFolder, "keys"), Path.Combine(order.SystemRoot, "etc/pki/rpm-gpg"), tool);
    var packages = new PackageOperator(tool, keys, order.SystemRoot, lockPatience: TimeSpan.FromMinutes(10));
    var journal = new OrderJournal(Path.Combine(order.StateFolder, "orders"), TimeProvider.System);
    var units = new Units(tool, order.SystemRoot, TimeProvider.System);
    var inspector = new Inspector(packages, units);
    await new CarryOutJob(journal, packages, units, inspector, new RebootJob(inspector, units, TimeProvider.System)).RunAsync(order.OrderId, CancellationToken.None);
    return 0;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
