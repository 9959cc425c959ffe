using System.Text.RegularExpressions;

namespace HaiSoft.Testing.Consoles;

/// <summary>The first technician at the console, signed in by the one-time link, without a browser.</summary>
public sealed partial class ConsoleVisitor : IDisposable
{
    private readonly HttpClient _http;

    private ConsoleVisitor(HttpClient http) => _http = http;

    /// <summary>Follows the sign-in link that the controller's first start left, and makes the first account.</summary>
    /// <param name="handler">How the console is reached; the visitor disposes it.</param>
    /// <param name="console">The console's address.</param>
    /// <param name="dataFolder">The controller's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ConsoleVisitor> SignInAsync(HttpMessageHandler handler, Uri console, string dataFolder, CancellationToken cancellationToken)
    {
        var visitor = new ConsoleVisitor(new HttpClient(handler) { BaseAddress = console });
        var link = new Uri((await File.ReadAllTextAsync(Path.Combine(dataFolder, "sign-in-link"), cancellationToken)).Trim());
        var form = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = FormToken().Match(await visitor.PageAsync(link, cancellationToken)).Groups["token"].Value,
            ["link"] = System.Web.HttpUtility.ParseQueryString(link.Query)["link"] ?? "",
            ["name"] = "first",
            ["password"] = "a long enough pass phrase, 1",
            ["repeat"] = "a long enough pass phrase, 1",
        };
        using var content = new FormUrlEncodedContent(form);
        using var answer = await visitor._http.PostAsync(new Uri("/welcome", UriKind.Relative), content, cancellationToken);
        return answer.EnsureSuccessStatusCode().RequestMessage!.RequestUri!.AbsolutePath == "/"
            ? visitor
            : throw new InvalidOperationException($"The sign-in link did not lead in:\n{await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>The queue of incidents: a technician's first page.</summary>
    public Task<string> QueueAsync(CancellationToken cancellationToken) => PageAsync(new Uri("/", UriKind.Relative), cancellationToken);

    /// <summary>Any page, which must be there.</summary>
    public async Task<string> PageAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(address, cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormToken();
}
