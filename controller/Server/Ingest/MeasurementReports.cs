using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Hands measurements to their store, in its words.</summary>
internal sealed class MeasurementReports(MeasurementStore store)
{
    /// <summary>Durable with the session's transaction.</summary>
    public Task TakeAsync(
        WriteSession session,
        string serverId,
        string epoch,
        Protocol.Agent.V1.Measurements report,
        DateTimeOffset at,
        CancellationToken cancellationToken) =>
        store.AppendAsync(
            session,
            serverId,
            epoch,
            at,
            new(report.NewSeries.Count == 0 ? [] : [.. report.NewSeries.Select(Named)], report.Series, report.Values),
            cancellationToken);

    private static SeriesNaming Named(Series series) => new(series.Number, series.Metric, series.Component, (SeriesBehaviour)series.Kind);
}
