using Grpc.Core;
using HaiSoft.Benchmarks.Figures;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.FleetSimulator.Servers;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>
/// How long something that a technician asks for needs to its agent and back, while the fleet reports: a check of a service, from
/// the call to its answer. Handing it over is a part of that.
/// </summary>
internal static class HandOver
{
    private const int Times = 500;
    private const double Background = 700;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, CancellationToken cancellationToken)
    {
        FleetOptions options = new() { Every = TimeSpan.FromSeconds(bed.File.Identities.Count / Background), Mix = ReportMix.Measurements };
        await using Fleet fleet = bed.Fleet(options);
        await fleet.ConnectAsync(cancellationToken);
        fleet.BeginReporting();
        await fleet.FirstStateKnownAsync(cancellationToken);
        using TechnicianLink link = new(bed.Controller.Profile);
        List<double> times = [];
        for (int i = 0; i < Times; i++)
        {
            CheckServiceRequest ask = new()
            {
                Server = fleet.Agents[i * 7 % fleet.Agents.Count].State.Identity.ServerName,
                Service = MainServices.Units[i % MainServices.Units.Count].Unit,
            };
            long begun = TimeProvider.System.GetTimestamp();
            CallOptions call = link.Options(cancellationToken);
            await link.Records.CheckServiceAsync(ask, call);
            times.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }

        string note = $"{Times} checks asked of agents and answered, each both ways, beside {Background:0} reports/s";
        return
        [
            new("asked of a connected agent and answered, p50", "ms", Quantiles.Of(times, 0.5), note),
            new("asked of a connected agent and answered, p99", "ms", Quantiles.Of(times, 0.99)) { Reach = Reach.AtMost(50) },
        ];
    }
}
