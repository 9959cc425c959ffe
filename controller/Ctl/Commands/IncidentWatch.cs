using Grpc.Core;
using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>incidents --watch</c>: the queue, live; countdowns tick each second.</summary>
internal static class IncidentWatch
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(CtlRun run, ListIncidentsRequest request, CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<WatchIncidentsResponse> watch = run.Controller.Incidents.WatchIncidents(
            new WatchIncidentsRequest(), cancellationToken: cancellationToken);
        // Once the headers are there, every later change comes: only then is the list whole.
        await watch.ResponseHeadersAsync;
        if (run.Output.IsJson || !run.Console.Profile.Capabilities.Ansi)
            await PrintAsync(run, request, watch.ResponseStream, cancellationToken);
        else
            await run.Console.Live(new Text("")).StartAsync(live => DrawAsync(run, request, watch.ResponseStream, live, cancellationToken));
    }

    private static async Task PrintAsync(
        CtlRun run, ListIncidentsRequest request, IAsyncStreamReader<WatchIncidentsResponse> changes, CancellationToken cancellationToken)
    {
        do
        {
            IncidentCommands.Show(run, await run.Controller.Incidents.ListIncidentsAsync(request, run.Soon(cancellationToken)));
        }
        while (await changes.MoveNext(cancellationToken));
    }

    private static async Task DrawAsync(
        CtlRun run,
        ListIncidentsRequest request,
        IAsyncStreamReader<WatchIncidentsResponse> changes,
        LiveDisplayContext live,
        CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Tick, TimeProvider.System);
        Task<bool> tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        do
        {
            ListIncidentsResponse list = await run.Controller.Incidents.ListIncidentsAsync(request, run.Soon(cancellationToken));
            long listed = TimeProvider.System.GetTimestamp();
            Task<bool> change = changes.MoveNext(cancellationToken);
            while (true)
            {
                live.UpdateTarget(Frame(run, list, list.ServerTime.ToDateTimeOffset() + TimeProvider.System.GetElapsedTime(listed)));
                live.Refresh();
                if (await Task.WhenAny(change, tick) == change)
                    break;
                await tick;
                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }

            if (!await change)
                return;
        }
        while (true);
    }

    private static Rows Frame(CtlRun run, ListIncidentsResponse list, DateTimeOffset now) => new(
        Screen.Text($"{list.Incidents.Count} shown, {Screen.Instant(now)}  (Ctrl-C ends)", "grey"),
        IncidentTable.Of(list.Incidents, now, run.Console.Profile.Width));
}
