using System.Net;
using System.Text.RegularExpressions;
using Shouldly;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>A browser without scripts: cookies, pages, forms. Redirects are shown, not followed.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _client;

    public Visitor(Uri address, string language)
    {
        Cookies = new CookieContainer();
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    public CookieContainer Cookies { get; }

    public HttpClient Client => _client;

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        return await ReadAsync(response);
    }

    /// <summary>Sends a form of a page, with the antiforgery token that the page carries.</summary>
    public async Task<Answer> PostAsync(Answer page, string path, params (string Name, string Value)[] fields)
    {
        var token = TokenField().Match(page.Text);
        token.Success.ShouldBeTrue("the page carries no antiforgery token");
        return await PostAsync(path, [("__RequestVerificationToken", token.Groups["token"].Value), .. fields]);
    }

    /// <summary>Sends a form as it is given.</summary>
    public async Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await _client.PostAsync(path, content);
        return await ReadAsync(response);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Headers.Location is { } location ? (location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString) : "",
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex TokenField();
}

/// <summary>What came back.</summary>
internal sealed partial record Answer(HttpStatusCode Status, string Location, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The text as a reader sees it: without tags, entities resolved, white space collapsed.</summary>
    public string Words =>
        string.Join(' ', WebUtility.HtmlDecode(Tag().Replace(Text, " ")).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("<[^>]+>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
