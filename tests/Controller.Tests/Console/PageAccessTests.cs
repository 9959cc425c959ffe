using System.Net;
using HaiSoft.Controller.Console;
using HaiSoft.Controller.Listeners;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

public sealed class PageAccessTests(PageAccessTests.Host host) : IClassFixture<PageAccessTests.Host>
{
    private static readonly string[] ForEverybody =
        ["/sign-in", "/sign-in/code", "/welcome", "/preferences", "/problem/{code:int}", "/healthz", "/readyz", "/metrics"];

    [Fact]
    public async Task Every_address_but_those_of_sign_in_leads_strangers_to_sign_in()
    {
        using var stranger = host.Console.Visitor();
        var tried = 0;
        foreach (var endpoint in host.Console.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(OnConsole))
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (ForEverybody.Contains(pattern) || pattern.Contains("unimplemented", StringComparison.Ordinal))
                continue;
            endpoint.Metadata.GetMetadata<IAllowAnonymous>().ShouldBeNull(pattern);
            var answer = await stranger.GetAsync(pattern.Replace("{number:long}", "1", StringComparison.Ordinal)
                .Replace("{name}", "web-01", StringComparison.Ordinal).Replace("{chart}", "load", StringComparison.Ordinal));
            if (answer.Status != HttpStatusCode.Unauthorized) // what scripts ask for
                answer.Location.ShouldStartWith("/sign-in?then=", customMessage: pattern);
            tried++;
        }

        tried.ShouldBeGreaterThan(8);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/css/console.css")]
    public async Task Every_answer_tells_the_browser_to_load_and_run_nothing_but_our_files(string path)
    {
        using var stranger = host.Console.Visitor();

        var answer = await stranger.GetAsync(path);

        answer.Headers["Content-Security-Policy"].ShouldBe(SecurityHeaders.ContentSecurityPolicy);
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Headers["X-Frame-Options"].ShouldBe("DENY");
        answer.Headers["Referrer-Policy"].ShouldBe("no-referrer");
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/incidents/999999")]
    [InlineData("/incidents/abc")]
    [InlineData("/servers/no-such-server")]
    [InlineData("/servers/no-such-server/charts/load")]
    public async Task What_is_not_there_says_so_and_leads_back(string path)
    {
        using var technician = await host.Console.TechnicianAsync($"t{Guid.NewGuid():N}");

        var answer = await technician.GetAsync(path);

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Words.ShouldContain("There is no such page");
        answer.Text.ShouldContain("href=\"/\"");
    }

    private static bool OnConsole(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<OnListener>() is not { Kind: not ListenerKind.Console };

    public sealed class Host : IDisposable
    {
        public ConsoleHost Console { get; } = new();

        public void Dispose() => Console.Dispose();
    }
}
