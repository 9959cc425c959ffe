using System.Buffers.Text;
using System.Globalization;
using System.Net;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Listeners;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>Every address of the console, whole and in parts, asked for by somebody of another customer and by nobody: nothing is shown.</summary>
public sealed class OtherCustomerTests(OtherCustomerTests.Company company) : IClassFixture<OtherCustomerTests.Company>
{
    /// <summary>What only Boulangerie Martin and the technicians may read.</summary>
    private static readonly string[] Secrets = ["Boulangerie Martin", "contact@martin.example", "mariadb.service", "R12/U07", "paul@martin.example", "a private module", "Private work", "php-json", "php-fpm.service"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_a_customer_is_shown_to_another_or_to_nobody(bool signedIn)
    {
        using var stranger = signedIn ? await company.Host.CustomerAsync($"eve{Guid.NewGuid():N}@epinette.example", "Studio Épinette") : company.Host.Visitor();
        var tried = 0;
        foreach (var path in company.Paths())
        {
            foreach (var isPart in new[] { false, true })
            {
                var answer = await AskAsync(stranger, path, isPart);

                foreach (var secret in Secrets)
                    answer.Words.ShouldNotContain(secret, customMessage: path);
                answer.Text.ShouldNotContain("web-01", customMessage: path);
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task What_another_customer_rents_answers_as_what_does_not_exist()
    {
        using var eve = await company.Host.CustomerAsync($"eve{Guid.NewGuid():N}@epinette.example", "Studio Épinette");

        var theirs = await eve.GetAsync("/my/servers/web-01");
        var nobodys = await eve.GetAsync("/my/servers/no-such-server");

        theirs.Status.ShouldBe(HttpStatusCode.NotFound);
        nobodys.Status.ShouldBe(HttpStatusCode.NotFound);
        (await eve.GetAsync("/my/servers/db-02")).Status.ShouldBe(HttpStatusCode.OK);
        (await eve.GetAsync($"/my/requests/{company.Request}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await eve.GetAsync("/my/requests/999999")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_customers_quote_can_be_neither_accepted_nor_withdrawn()
    {
        using var eve = await company.Host.CustomerAsync($"eve{Guid.NewGuid():N}@epinette.example", "Studio Épinette");
        var page = await eve.GetAsync("/my");

        var accept = await eve.PostAsync(page, $"/my/requests/{company.Request}?handler=Answer", ("answer", "accept"), ("hash", company.QuoteHash));
        var withdraw = await eve.PostAsync(page, $"/my/requests/{company.Request}?handler=Withdraw");

        accept.Status.ShouldBe(HttpStatusCode.NotFound);
        withdraw.Status.ShouldBe(HttpStatusCode.NotFound);
        var technician = new RequestActor("token:test", "test", RequestParty.Technician);
        (await company.Host.Get<RequestBoard>().FindAsync(company.Request, technician, Token)).ShouldNotBeNull().Request.Status.State.ShouldBe(RequestState.Quoted);
    }

    [Fact]
    public async Task Another_customers_operation_gets_no_consent()
    {
        using var eve = await company.Host.CustomerAsync($"eve{Guid.NewGuid():N}@epinette.example", "Studio Épinette");
        var page = await eve.GetAsync("/my");
        var before = await company.OperationAsync(Token);

        var consent = await eve.PostAsync(page, $"/my/operations/{company.Operation}?handler=Consent", ("hash", before.Row.PlanHash));

        (await eve.GetAsync($"/my/operations/{company.Operation}")).Status.ShouldBe(HttpStatusCode.NotFound);
        consent.Status.ShouldBe(HttpStatusCode.NotFound);
        (await company.OperationAsync(Token)).ConsentMissing.ShouldBeTrue();
    }

    [Fact]
    public async Task A_customers_form_for_technicians_does_nothing()
    {
        using var eve = await company.Host.CustomerAsync($"eve{Guid.NewGuid():N}@epinette.example", "Studio Épinette");
        var page = await eve.GetAsync("/my");

        (await eve.PostAsync(page, $"/incidents/{company.Incident}?handler=Acknowledge")).Location.ShouldStartWith("/not-allowed");
        (await eve.PostAsync(page, $"/operations/{company.Operation}?handler=Undo")).Location.ShouldStartWith("/not-allowed");
        (await eve.PostAsync(page, $"/operations/{company.Operation}?handler=Settle", ("found", "succeeded"), ("why", "mine"))).Location.ShouldStartWith("/not-allowed");
        (await eve.PostAsync(page, $"/rollouts/{company.Rollout}?handler=Step", ("step", "cancel"), ("why", "mine"))).Location.ShouldStartWith("/not-allowed");
        (await eve.PostAsync(page, $"/operations/{company.Operation}?handler=AskPasskey")).Location.ShouldStartWith("/not-allowed");
        (await eve.PostAsync(page, $"/operations/{company.Operation}?handler=Approve", ("credential", "{}"))).Location.ShouldStartWith("/not-allowed");
        (await eve.PostAsync(page, "/people?handler=Add", ("name", "e@epinette.example"), ("role", "customer"), ("customer", "Boulangerie Martin")))
            .Location.ShouldStartWith("/not-allowed");

        var incident = await company.Host.Get<IncidentBoard>().FindAsync(company.Incident, Token);
        incident.ShouldNotBeNull().Incident.State.ShouldBe(IncidentState.Detected);
    }

    [Fact]
    public async Task Another_persons_passkey_is_not_shown_and_cannot_be_removed()
    {
        using var eve = await company.Host.CustomerAsync($"eve{Guid.NewGuid():N}@epinette.example", "Studio Épinette");
        var theirs = await new Scene(company.Host).PasskeyAsync("alice");
        var page = await eve.GetAsync("/account/passkeys");

        var removed = await eve.PostAsync(page, "/account/passkeys?handler=Remove", ("id", Base64Url.EncodeToString(theirs.CredentialId)));

        page.Text.ShouldNotContain("handler=Remove");
        removed.Words.ShouldContain("There is no such passkey any more");
        (await company.Host.Get<PasskeyRecords>().ListAsync(theirs.UserId, Token)).ShouldContain(p => p.CredentialId.SequenceEqual(theirs.CredentialId));
    }

    [Fact]
    public async Task A_customer_hears_of_its_own_servers_only_and_in_no_words()
    {
        using var eve = await company.Host.CustomerAsync($"eve{Guid.NewGuid():N}@epinette.example", "Studio Épinette");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response = await eve.Client.GetAsync("/my/live", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        await NextAsync(lines, "event: now", limit.Token);
        var scene = new Scene(company.Host);

        await scene.IncidentAsync("web-01", IncidentKind.Service, $"secret {Guid.NewGuid():N}", TimeSpan.FromMinutes(1), "failed");
        await scene.IncidentAsync("db-02", IncidentKind.Service, $"own {Guid.NewGuid():N}", TimeSpan.FromMinutes(1), "failed");
        await NextAsync(lines, "event: server", limit.Token);

        var own = await scene.IdOfAsync("db-02");
        (await lines.ReadLineAsync(limit.Token)).ShouldBe($$"""data: {"server":"{{own}}"}""");

        var changes = company.Host.Get<OperationChanges>();
        changes.Touch(company.Operation, await scene.IdOfAsync("web-01"));
        changes.Touch(company.Operation + 1, own);
        await NextAsync(lines, "event: operation", limit.Token);

        (await lines.ReadLineAsync(limit.Token)).ShouldBe($$"""data: {"number":{{company.Operation + 1}},"server":"{{own}}"}""");
    }

    [Fact]
    public async Task A_customer_sees_what_is_promised_about_its_own_servers()
    {
        using var paul = await company.Host.CustomerAsync($"paul{Guid.NewGuid():N}@martin.example", "Boulangerie Martin");

        var servers = await paul.GetAsync("/my");
        var server = await paul.GetAsync("/my/servers/web-01");

        foreach (var page in new[] { servers, server })
        {
            page.Words.ShouldContain("Has a fault");
            page.Words.ShouldContain("mariadb.service is down");
            page.Words.ShouldContain("Intervention (1 h)");
            page.Words.ShouldContain("due");
            page.Words.ShouldNotContain("R12/U07");
            page.Words.ShouldNotContain("db-02");
        }
    }

    private static async Task<Answer> AskAsync(Visitor visitor, string path, bool isPart)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, isPart ? $"{path}?part=state" : path);
        if (isPart)
            request.Headers.Add("HX-Request", "true");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var response = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var text = isStream ? await FirstLinesAsync(response, limit.Token) : await response.Content.ReadAsStringAsync(limit.Token);
        return new Answer(response.StatusCode, "", text, new Dictionary<string, string>());
    }

    private static async Task<string> FirstLinesAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        return $"{await lines.ReadLineAsync(cancellationToken)}\n{await lines.ReadLineAsync(cancellationToken)}";
    }

    private static async Task NextAsync(StreamReader lines, string wanted, CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == wanted)
                return;
        }

        throw new InvalidOperationException($"the stream ended before '{wanted}'");
    }

    /// <summary>Two customers; web-01 of one has a fault.</summary>
    public sealed class Company : IAsyncLifetime
    {
        public ConsoleHost Host { get; } = new();

        public long Incident { get; private set; }

        /// <summary>A request for web-01 that waits for its quote to be answered.</summary>
        public long Request { get; private set; }

        public string QuoteHash { get; private set; } = "";

        /// <summary>A rollout on servers of both.</summary>
        public long Rollout { get; private set; }

        /// <summary>An operation for that request, which waits for the customer's consent.</summary>
        public long Operation { get; private set; }

        public async ValueTask InitializeAsync()
        {
            using var alice = await Host.TechnicianAsync();
            var scene = new Scene(Host);
            await scene.RecordsAsync();
            Incident = await scene.IncidentAsync("web-01", IncidentKind.Service, "mariadb.service is down", TimeSpan.FromMinutes(5), "failed");
            using var paul = await Host.CustomerAsync("paul@martin.example", "Boulangerie Martin");
            (Request, QuoteHash) = await scene.QuotedAsync("web-01", "Build nginx with a private module", "Private work");
            Operation = await new OperationScene(Host, await scene.IdOfAsync("web-01")).AwaitingAsync(Request);
            Rollout = await new RolloutScene(Host).HeldAsync(await scene.IdOfAsync("web-01"), await scene.IdOfAsync("db-02"), await scene.IdOfAsync("host-09"));
        }

        internal async Task<OperationView> OperationAsync(CancellationToken cancellationToken) =>
            (await Host.Get<OperationBoard>().FindAsync(Operation, OperationActor.Controller, cancellationToken)).ShouldNotBeNull().Operation;

        /// <summary>Every address that is mapped, of web-01, its incident, its request and its operation where it names one.</summary>
        internal IEnumerable<string> Paths() => Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OnListener>() is not { Kind: not ListenerKind.Console })
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(pattern => !pattern.Contains("unimplemented", StringComparison.Ordinal) && pattern is not ("/healthz" or "/readyz" or "/metrics"))
            .Select(pattern => pattern
                .Replace("{number:long}", NumberIn(pattern).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{code:int}", "404", StringComparison.Ordinal)
                .Replace("{name}", "web-01", StringComparison.Ordinal)
                .Replace("{chart}", "load", StringComparison.Ordinal))
            .Distinct();

        private long NumberIn(string pattern) => pattern.Contains("requests", StringComparison.Ordinal) ? Request
            : pattern.Contains("rollouts", StringComparison.Ordinal) ? Rollout
            : pattern.Contains("operations", StringComparison.Ordinal) ? Operation
            : Incident;

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
