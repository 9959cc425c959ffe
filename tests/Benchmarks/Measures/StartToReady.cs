using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Programs;
using HaiSoft.Testing.Files;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>How long a controller needs from its start until it answers on all three ports.</summary>
internal static class StartToReady
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(string controller, int times, CancellationToken cancellationToken)
    {
        List<double> first = [];
        List<double> again = [];
        for (int time = 0; time < times; time++)
        {
            using ScratchFolder folder = new();
            first.Add(await StartAsync(controller, folder["data"], cancellationToken));
            again.Add(await StartAsync(controller, folder["data"], cancellationToken));
        }

        return
        [
            new("start to ready", "ms", again, "data folder exists; agents', technicians' and console's port answer"),
            new("first start to ready", "ms", first, "makes CA, keys and database"),
        ];
    }

    private static async Task<double> StartAsync(string controller, string data, CancellationToken cancellationToken)
    {
        await using ControllerProgram program = await ControllerProgram.StartAsync(controller, data, ControllerPorts.Free(), [], cancellationToken);
        await program.StopAsync(cancellationToken);
        return program.StartToReady.TotalMilliseconds;
    }
}
