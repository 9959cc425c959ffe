namespace HaiSoft.Controller.Console.Layout;

/// <summary>Light, dark, or as the system is; the choice is kept in a cookie.</summary>
internal sealed record Theme(string Choice)
{
    public const string CookieName = "haisoft.theme";

    /// <summary>What can be chosen; the first is the default.</summary>
    public static readonly IReadOnlyList<string> Choices = ["system", "light", "dark"];

    /// <summary>What the page says to the style sheet. "system" is settled by wwwroot/js/theme.js; without scripts it is light.</summary>
    public string Drawn => Choice == "dark" ? "dark" : "light";

    public static Theme Of(HttpRequest request) => new(Choices.FirstOrDefault(c => c == request.Cookies[CookieName], Choices[0]));
}
