using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;

namespace HaiSoft.Controller.Console.Live;

/// <summary>GET /live: server-sent events, for as long as the page is open and its session lasts.</summary>
internal static class LiveEndpoint
{
    /// <summary>The stream is then opened anew, which checks the session again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/live", (HttpContext context, LiveStream stream, Texts texts, IHostApplicationLifetime lifetime) =>
        {
            context.Response.Headers["X-Accel-Buffering"] = "no";
            var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            end.CancelAfter(Longest);
            context.Response.RegisterForDispose(end);
            return TypedResults.ServerSentEvents(UntilAsync(stream, texts.Messages, end.Token));
        }).RequireAuthorization(Policies.Technician);

    private static async IAsyncEnumerable<System.Net.ServerSentEvents.SseItem<string>> UntilAsync(
        LiveStream stream, Messages messages, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken end)
    {
        await using var items = stream.ReadAsync(messages, end).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveAsync(items))
            yield return items.Current;
    }

    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
