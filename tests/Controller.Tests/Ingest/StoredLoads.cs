using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What a controller holds of <see cref="Reports.Load"/>.</summary>
internal static class StoredLoads
{
    private static readonly TimeSpan Past = TimeSpan.FromHours(1);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    /// <summary>The values of the one server that reports, as a chart of the last hour has them.</summary>
    public static async Task<double[]> OfAsync(RunningController controller)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        string serverId = (await controller.Service<ServerObservations>().ConnectionsAsync(only: null, token)).Keys.ShouldHaveSingleItem();
        DateTimeOffset now = controller.Time.GetUtcNow();
        IReadOnlyList<SeriesPoint> points = await controller.Service<MeasurementStore>()
            .ReadAsync(serverId, "load.1m", "", now - Past, now + Ahead, 1000, token);
        return [.. points.Select(point => point.Value)];
    }
}
