using HaiSoft.Benchmarks.Programs;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.Testing.Files;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>A controller with a fleet enrolled at it. The controller was started anew after the enrolment.</summary>
internal sealed class FleetBed : IAsyncDisposable
{
    private readonly ScratchFolder _folder;

    private FleetBed(ScratchFolder folder, ControllerProgram controller, FleetFile fleet)
    {
        _folder = folder;
        Controller = controller;
        File = fleet;
    }

    public ControllerProgram Controller { get; }

    public FleetFile File { get; }

    public static async Task<FleetBed> MakeAsync(string program, int agents, CancellationToken cancellationToken)
    {
        ScratchFolder folder = new();
        ControllerPorts ports = ControllerPorts.Free();
        FleetFile fleet;
        await using (ControllerProgram enrolling = await ControllerProgram.StartAsync(program, folder["data"], ports, cancellationToken))
        {
            Console.Error.WriteLine($"enrolling {agents} agents");
            using TechnicianLink link = new(enrolling.Profile);
            fleet = await new FleetEnrolment(link, enrolling.Profile, TimeProvider.System).EnrolAsync(folder["fleet"], agents, _ => { }, cancellationToken);
            await enrolling.StopAsync(cancellationToken);
        }

        return new FleetBed(folder, await ControllerProgram.StartAsync(program, folder["data"], ports, cancellationToken), fleet);
    }

    /// <summary>The controller's data folder.</summary>
    public string Data => _folder["data"];

    /// <summary>All its agents, not connected yet.</summary>
    public Fleet Fleet(FleetOptions options) => Fleet(File, options);

    /// <summary>The same of a fleet that dials elsewhere.</summary>
    public static Fleet Fleet(FleetFile file, FleetOptions options) => new(file, first: 1, file.Identities.Count, options, ledger: null, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        _folder.Dispose();
    }
}
