using System.Text.RegularExpressions;
using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Console.Own;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

public sealed partial class LanguageTests
{
    [Fact]
    public void French_and_English_have_the_same_sentences_with_the_same_blanks()
    {
        Messages.French.Keys.Order().ShouldBe(Messages.English.Keys.Order());
        foreach (var key in Messages.English.Keys)
        {
            Messages.French[key].ShouldNotBeNullOrWhiteSpace(key);
            Blank().Matches(Messages.French[key]).Select(m => m.Value).Order()
                .ShouldBe(Blank().Matches(Messages.English[key]).Select(m => m.Value).Order(), key);
        }
    }

    [Fact]
    public void Every_key_that_a_page_uses_is_there()
    {
        var missing = new List<string>();
        foreach (var file in Directory.EnumerateFiles(RepositoryFolder.In("controller", "Server", "Console"), "*.cs*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            missing.AddRange(Key().Matches(text).Select(m => m.Groups["key"].Value).Where(key => !Messages.English.Keys.Contains(key)).Select(key => $"{file}: {key}"));
            missing.AddRange(Counted().Matches(text).Select(m => m.Groups["key"].Value)
                .Where(key => !Messages.English.Keys.Contains($"{key}.one") || !Messages.English.Keys.Contains($"{key}.other")).Select(key => $"{file}: {key}"));
        }

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_state_step_and_fault_has_its_sentence()
    {
        string[] keys =
        [
            .. Of<RequestKind>("request.kind", ""), .. Of<RequestKind>("request.kind", ".hint"), .. Of<UpdatedComponent>("request.component", ""),
            .. Of<RequestState>("request.state", ""), .. Of<RequestState>("request.now", ""), .. Of<RequestStep>("request.step", ""), .. Of<QuoteState>("quote.state", ""),
            .. Of<OwnServerState>("own.state", ""), .. Of<AccountState>("account.state", ""), .. Of<IncidentState>("own.incident", ""),
            .. Of<OperationState>("operation.state", ""), .. Of<OperationStep>("operation.step", ""), .. Of<OrderPhase>("operation.phase", ""), .. Of<PackageAction>("operation.change", ""),
            .. FaultsIn("Requests", "request.fault"), .. FaultsIn("People", "people.fault"),
        ];

        keys.Length.ShouldBeGreaterThan(80);
        keys.Except(Messages.English.Keys).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fr-FR,fr;q=0.9,en;q=0.5", "fr")]
    [InlineData("de,en;q=0.7,fr;q=0.3", "en")]
    [InlineData("fr;q=0,en", "en")]
    [InlineData("de", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void The_browser_chooses_until_the_visitor_does(string? acceptLanguage, string expected) =>
        Messages.BestFor(acceptLanguage).Language.ShouldBe(expected);

    [Fact]
    public async Task The_switch_is_kept_in_a_cookie()
    {
        using var host = new ConsoleHost();
        using var visitor = host.Visitor("en");
        var page = await visitor.GetAsync("/sign-in");
        page.Words.ShouldContain("Sign in");

        var answer = await visitor.PostAsync(page, "/preferences", ("language", "fr"), ("then", "/sign-in"));

        answer.Location.ShouldBe("/sign-in");
        (await visitor.GetAsync("/sign-in")).Words.ShouldContain("Se connecter");
    }

    private static IEnumerable<string> Of<T>(string area, string end)
        where T : struct, Enum =>
        Enum.GetValues<T>().Select(member => $"{area}.{Word.KeyOf(member)}{end}");

    private static IEnumerable<string> FaultsIn(string folder, string area) =>
        Directory.EnumerateFiles(RepositoryFolder.In("controller", "Server", folder), "*.cs")
            .Where(file => Path.GetFileName(file) != "RequestActor.cs")
            .SelectMany(file => FaultCode().Matches(File.ReadAllText(file)))
            .Select(match => $"{area}.{match.Groups["code"].Value}");

    [GeneratedRegex("""new\(\s*"(?<code>[a-z]+(-[a-z]+)*)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FaultCode();

    [GeneratedRegex("""(?:T|texts|messages)\["(?<key>[a-z][a-zA-Z0-9_.-]*)["]""", RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex("""T\.Count\("(?<key>[a-z.-]+)["]""", RegexOptions.NonBacktracking)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\{\d\}", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}
