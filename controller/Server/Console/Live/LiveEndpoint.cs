using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaiSoft.Controller.Console.Live;

/// <summary>
/// GET /live for technicians, GET /my/live for customers: server-sent events, for as long as the page is open and its session lasts.
/// </summary>
internal static class LiveEndpoint
{
    /// <summary>The stream is then opened anew, which checks the session, and what its person sees, again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/live", (HttpContext context, LiveStream stream, Texts texts) => Answer(context, stream, LiveAudience.Technicians, texts))
            .RequireAuthorization(Policies.Technician);
        routes.MapGet("/my/live", AnswerCustomerAsync).RequireAuthorization(Policies.Customer);
    }

    private static async Task<IResult> AnswerCustomerAsync(
        HttpContext context, LiveStream stream, FleetView fleet, Texts texts, CancellationToken cancellationToken)
    {
        var rented = await fleet.ListOfCustomerAsync(context.User.CustomerId(), cancellationToken);
        return Answer(context, stream, LiveAudience.Of(rented.Select(server => server.ServerId)), texts);
    }

    private static ServerSentEventsResult<string> Answer(HttpContext context, LiveStream stream, LiveAudience audience, Texts texts)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        end.CancelAfter(Longest);
        context.Response.RegisterForDispose(end);
        return TypedResults.ServerSentEvents(UntilAsync(stream, audience, texts.Messages, end.Token));
    }

    private static async IAsyncEnumerable<SseItem<string>> UntilAsync(
        LiveStream stream, LiveAudience audience, Messages messages, [EnumeratorCancellation] CancellationToken end)
    {
        await using var items = stream.ReadAsync(audience, messages, end).GetAsyncEnumerator(CancellationToken.None);
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
