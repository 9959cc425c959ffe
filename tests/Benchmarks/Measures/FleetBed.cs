using HaiSoft.Benchmarks.Machines;
using HaiSoft.Benchmarks.Programs;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.Testing.Consoles;
using HaiSoft.Testing.Files;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>A controller with a fleet enrolled at it. The controller was started anew after the enrolment.</summary>
internal sealed class FleetBed : IAsyncDisposable
{
    private readonly ScratchFolder _folder;

    private FleetBed(ScratchFolder folder, MeasuredStore store, ControllerProgram controller, FleetFile fleet)
    {
        _folder = folder;
        Store = store;
        Controller = controller;
        File = fleet;
    }

    public MeasuredStore Store { get; }

    public ControllerProgram Controller { get; }

    public FleetFile File { get; }

    /// <summary>The controller's data folder.</summary>
    public string Data => _folder["data"];

    /// <summary>Makes all of it.</summary>
    /// <param name="program">The controller's program.</param>
    /// <param name="plan">How many agents, on which store.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FleetBed> MakeAsync(string program, Plan plan, CancellationToken cancellationToken)
    {
        ScratchFolder folder = new();
        MeasuredStore? store = null;
        try
        {
            store = await MeasuredStore.MakeAsync(plan.Store, cancellationToken);
            ControllerPorts ports = ControllerPorts.Free();
            FleetFile fleet;
            await using (ControllerProgram enrolling = await ControllerProgram.StartAsync(program, folder["data"], ports, store.Options, cancellationToken))
            {
                Console.Error.WriteLine($"enrolling {plan.Agents} agents");
                using TechnicianLink link = new(enrolling.Profile);
                fleet = await new FleetEnrolment(link, enrolling.Profile, TimeProvider.System).EnrolAsync(folder["fleet"], plan.Agents, _ => { }, cancellationToken);
                await enrolling.StopAsync(cancellationToken);
            }

            return new FleetBed(folder, store, await ControllerProgram.StartAsync(program, folder["data"], ports, store.Options, cancellationToken), fleet);
        }
        catch
        {
            if (store is not null)
                await store.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>User and system time of controller and database so far, in seconds.</summary>
    public double Cpu() => ProcessUse.Cpu(Controller.ProcessId) + Store.Cpu;

    /// <summary>All its agents, not connected yet.</summary>
    public Fleet Fleet(FleetOptions options) => Fleet(File, options);

    /// <summary>The same of a fleet that dials elsewhere.</summary>
    public static Fleet Fleet(FleetFile file, FleetOptions options) => new(file, first: 1, file.Identities.Count, options, ledger: null, TimeProvider.System);

    /// <summary>The first technician at its console; once only, by the link of the first start.</summary>
    public Task<ConsoleVisitor> SignInAsync(CancellationToken cancellationToken) =>
        ConsoleVisitor.SignInAsync(new SocketsHttpHandler { UseProxy = false }, Controller.Ports.ConsoleAddress, Data, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
