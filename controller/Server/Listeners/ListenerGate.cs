namespace HaiSoft.Controller.Listeners;

/// <summary>Shows each endpoint on its own port only: elsewhere it is not there.</summary>
internal static class ListenerGate
{
    /// <summary>Puts the gate after routing and before authorization.</summary>
    public static IApplicationBuilder UseListenerGate(this IApplicationBuilder app) => app.Use(LetThroughAsync);

    /// <summary>The connection came in by this port. Without a tag (a server in a test's memory) it is the console's.</summary>
    public static bool IsOn(this HttpContext context, ListenerKind kind) =>
        (context.Features.Get<ListenerTag>()?.Kind ?? ListenerKind.Console) == kind;

    private static Task LetThroughAsync(HttpContext context, RequestDelegate next)
    {
        OnListener[] wanted = [.. context.GetEndpoint()?.Metadata.OfType<OnListener>() ?? []];
        bool isFor = wanted.Length == 0 ? context.IsOn(ListenerKind.Console) : wanted.Any(listener => context.IsOn(listener.Kind));
        if (isFor)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

/// <summary>Which port a connection came in by.</summary>
internal sealed record ListenerTag(ListenerKind Kind);
