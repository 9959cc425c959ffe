using HaiSoft.Controller.Console.Language;
using Microsoft.AspNetCore.Antiforgery;

namespace HaiSoft.Controller.Console.Layout;

/// <summary>POST /preferences: language and look, kept in cookies that hold nothing else.</summary>
internal static class PreferencesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/preferences", AnswerAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> AnswerAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Keep(context, Texts.CookieName, form["language"], Messages.All.Select(m => m.Language));
        Keep(context, Theme.CookieName, form["theme"], Theme.Choices);
        var then = form["then"].ToString();
        return IsLocal(then) ? Results.LocalRedirect(then) : Results.LocalRedirect("/");
    }

    private static void Keep(HttpContext context, string name, string? value, IEnumerable<string> allowed)
    {
        if (value is null || !allowed.Contains(value))
            return;
        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }

    private static bool IsLocal(string path) => path is ['/'] || (path is ['/', not '/' and not '\\', ..] && !path.Contains('\\', StringComparison.Ordinal));
}
