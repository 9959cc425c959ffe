using System.Buffers.Text;
using System.Net;
using HaiSoft.Controller.Tests.Ctl.Trust;
using Microsoft.Playwright;
using Cookie = Microsoft.Playwright.Cookie;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>
/// A page of Chromium with an authenticator, in which a controller's console is open as https://console.haisoft.example: what it asks for
/// goes to the controller as through a proxy that ends TLS.
/// </summary>
internal sealed class PasskeyBrowser : IAsyncDisposable
{
    public const string Origin = $"https://{TestAuthority.Site}";
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Uri _controller;
    private readonly IBrowserContext _context;

    private PasskeyBrowser(IBrowserContext context, Uri controller) => (_context, _controller) = (context, controller);

    public IPage Page { get; private set; } = null!;

    /// <summary>The requests for other sites are answered by whom the test says.</summary>
    public IBrowserContext Context => _context;

    public static async Task<PasskeyBrowser> OpenAsync(Chromium chromium, ConsoleHost host, Visitor? signedIn = null)
    {
        PasskeyBrowser browser = new(await chromium.OpenAsync(new Uri(Origin)), host.Address);
        await browser._context.RouteAsync($"{Origin}/**", browser.ForwardAsync);
        // What is live never ends: pages work without.
        await browser._context.RouteAsync($"{Origin}/live", route => route.AbortAsync());
        await browser._context.RouteAsync($"{Origin}/my/live", route => route.AbortAsync());
        if (signedIn is not null)
            await browser._context.AddCookiesAsync(signedIn.Cookies.GetCookies(host.Address).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = Origin }));
        browser.Page = await browser._context.NewPageAsync();
        await VirtualAuthenticator.AddToAsync(browser.Page);
        return browser;
    }

    /// <summary>As the person does it: on its account's page, with the keyboard.</summary>
    public async Task AddPasskeyAsync(string name)
    {
        await Page.GotoAsync("/account/passkeys");
        await Page.GetByLabel("Name, to know it again").FillAsync(name);
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeVisibleAsync();
    }

    /// <summary>What the authenticator answers to a challenge that a page makes up, as JSON.</summary>
    /// <param name="page">A page or frame of the console's origin.</param>
    /// <param name="challenge">What it is asked to sign.</param>
    public static Task<string> SignAsync(IFrame page, byte[] challenge) => page.EvaluateAsync<string>(
        """
        async ([challenge, site]) => JSON.stringify(await navigator.credentials.get({ publicKey: {
            challenge: Uint8Array.fromBase64(challenge), rpId: site, userVerification: "required" } }))
        """,
        new[] { Convert.ToBase64String(challenge), TestAuthority.Site });

    /// <summary>The same, in a frame of the console's origin in a page of another site that lets it ask.</summary>
    public async Task<string> SignFramedAsync(byte[] challenge)
    {
        await Context.RouteAsync($"{Origin}/framed", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><title>Framed</title>" }));
        await Context.RouteAsync("https://evil.example/", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<!doctype html><title>Evil</title><iframe src='{Origin}/framed' allow='publickey-credentials-get *'></iframe>",
        }));
        await Page.GotoAsync("https://evil.example/");
        return await SignAsync(Page.Frames.Single(frame => frame.Url == $"{Origin}/framed"), challenge);
    }

    /// <summary>Sends the page's form with an answer that something else gave rise to.</summary>
    public Task SendAsync(string answer, string sendTo) => Page.Locator("form[data-passkey]").EvaluateAsync(
        "(form, [answer, sendTo]) => { form.elements.credential.value = answer; form.action = sendTo; form.submit(); }",
        new[] { answer, sendTo });

    /// <summary>The challenge that the page for signing in asks with; the console waits for the answer from now on.</summary>
    public async Task<byte[]> AskToSignInAsync() => Base64Url.DecodeFromChars(await Page.Locator("form[data-passkey]").EvaluateAsync<string>(
        """
        async (form) => (await (await fetch("/sign-in?handler=AskPasskey", { method: "POST", body: new URLSearchParams(new FormData(form)) })).json()).challenge
        """));

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(IRoute route)
    {
        using HttpRequestMessage asked = new(new HttpMethod(route.Request.Method), new Uri(_controller, new Uri(route.Request.Url).PathAndQuery));
        if (route.Request.PostDataBuffer is { } body)
            asked.Content = new ByteArrayContent(body);
        foreach ((string name, string value) in route.Request.Headers.Where(header => !header.Key.StartsWith("accept-encoding", StringComparison.Ordinal)))
        {
            if (!asked.Headers.TryAddWithoutValidation(name, value))
                asked.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        asked.Headers.Host = TestAuthority.Site;
        asked.Headers.Add("X-Forwarded-Proto", "https");
        IReadOnlyList<BrowserContextCookiesResult> cookies = await _context.CookiesAsync([route.Request.Url]);
        if (cookies.Count > 0)
            asked.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        using HttpResponseMessage answer = await _client.SendAsync(asked);
        Dictionary<string, string> headers = answer.Headers.Concat(answer.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join('\n', header.Value), StringComparer.OrdinalIgnoreCase);
        await FulfillAsync(route, answer, headers);
    }

    // A redirection would leave the routes: it becomes a page that goes there.
    private static async Task FulfillAsync(IRoute route, HttpResponseMessage answer, Dictionary<string, string> headers)
    {
        if (answer.Headers.Location is not { } location)
        {
            await route.FulfillAsync(new() { Status = (int)answer.StatusCode, Headers = headers, BodyBytes = await answer.Content.ReadAsByteArrayAsync() });
            return;
        }

        headers.Remove("Location");
        headers["Content-Type"] = "text/html";
        string page = $"""<!doctype html><meta http-equiv="refresh" content="0;url={WebUtility.HtmlEncode(location.OriginalString)}">""";
        await route.FulfillAsync(new() { Status = 200, Headers = headers, Body = page });
    }
}
