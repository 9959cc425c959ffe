using HaiSoft.Controller.Console.Display;
using Microsoft.Net.Http.Headers;

namespace HaiSoft.Controller.Console.Language;

/// <summary>The sentences for this request: the language that was chosen (kept in a cookie), or else the browser's.</summary>
internal sealed class Texts(IHttpContextAccessor contexts)
{
    public const string CookieName = "haisoft.language";

    private Messages? _messages;

    /// <summary>Where the sentences come from.</summary>
    public Messages Messages => _messages ??= Choose(contexts.HttpContext?.Request);

    public string Language => Messages.Language;

    public string this[string key] => Messages[key];

    public string this[string key, params object[] blanks] => Messages[key, blanks];

    public string Count(string key, int number) => Messages.Count(key, number);

    /// <summary>An instant for people: "22 Nov 2026 06:26 CET".</summary>
    public string Time(DateTimeOffset instant) => ParisTime.Minute(instant, Messages);

    private static Messages Choose(HttpRequest? request) =>
        Messages.All.FirstOrDefault(m => m.Language == request?.Cookies[CookieName])
        ?? Messages.BestFor(request?.Headers[HeaderNames.AcceptLanguage]);
}
