using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Orders;

namespace HaiSoft.Controller.Console.Live;

/// <summary>
/// What is sent to a page while it is open: the controller's time every ten seconds, and a word about each incident, operation or
/// server that changed, of those that its person sees. The page then asks for its parts again, so nothing is shown that its person may not see.
/// </summary>
internal sealed class LiveStream(IncidentChanges incidents, ServerChanges servers, OperationChanges operations, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        LiveAudience audience, Messages messages, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateBounded<SseItem<string>>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        using var changed = operations.OfAll();
        Task[] sources =
        [
            BeatAsync(events.Writer, ended.Token),
            PassOnAsync(incidents.WatchAsync(ended.Token), incident => Tell(incident, audience, messages), events.Writer),
            PassOnAsync(servers.WatchAsync(ended.Token), server => Tell(server, audience), events.Writer),
            PassOnAsync(changed.Changes.ReadAllAsync(ended.Token), operation => Tell(operation, audience), events.Writer),
        ];
        try
        {
            await foreach (var item in events.Reader.ReadAllAsync(ended.Token))
                yield return item;
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(sources);
        }
    }

    private static async Task PassOnAsync<T>(IAsyncEnumerable<T> changes, Func<T, SseItem<string>?> tell, ChannelWriter<SseItem<string>> events)
    {
        try
        {
            await foreach (var change in changes)
            {
                if (tell(change) is { } told)
                    events.TryWrite(told);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is closed.
        }
    }

    private async Task BeatAsync(ChannelWriter<SseItem<string>> events, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            do
            {
                events.TryWrite(new SseItem<string>(time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), "now"));
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The page is closed.
        }
    }

    // A customer's page hears that its server changed, not in what words technicians are told.
    private static SseItem<string>? Tell(IncidentView incident, LiveAudience audience, Messages messages) =>
        audience.HearsWords ? Words(incident, messages) : Tell(incident.ServerId, audience);

    private static SseItem<string>? Tell(string serverId, LiveAudience audience) => audience.Hears(serverId)
        ? new SseItem<string>(JsonSerializer.Serialize(new { server = serverId }), "server")
        : null;

    private static SseItem<string>? Tell(OperationChange operation, LiveAudience audience) => audience.Hears(operation.ServerId)
        ? new SseItem<string>(JsonSerializer.Serialize(new { number = operation.Number, server = operation.ServerId }), "operation")
        : null;

    private static SseItem<string> Words(IncidentView incident, Messages messages) => new(
        JsonSerializer.Serialize(new
        {
            number = incident.Number,
            server = incident.ServerId,
            words = messages[
                "live.incident",
                incident.Number,
                VisibleText.Of(incident.Server),
                VisibleText.Of(incident.Title),
                messages[Word.Of(incident.State).Key]],
        }),
        "incident");
}
