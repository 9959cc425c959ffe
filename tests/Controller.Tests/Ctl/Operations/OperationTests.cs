using System.Text.Json;
using Google.Protobuf;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Console.Operations;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>Operations from the draft to what their server tells, with real keys, by haisoftctl.</summary>
public abstract class OperationTests(StoreKind kind) : IAsyncLifetime
{
    private OrderScene _scene = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CommandLine Ctl => _scene.Ctl;

    public async ValueTask InitializeAsync() => _scene = await OrderScene.SetAsync(kind);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_two_approvers_signed_is_sent_and_its_outcome_is_told()
    {
        string number = await _scene.DraftAsync("install", "web-01", "httpd", "--set", "httpd:port=8080");
        (await _scene.ShowAsync(number)).GetProperty("operation").GetProperty("signatures_missing").GetInt32().ShouldBe(2);

        CommandLine.Printed first = await _scene.ApproveAsync(number, "emma");
        first.Code.ShouldBe(0, first.Error);
        first.Output.ShouldContain("To be restarted: httpd.service");
        first.Output.ShouldContain("httpd, port 8080");
        first.Output.ShouldContain("Signed. 1 more must sign");
        (await _scene.ApproveAsync(number, "farid")).Output.ShouldContain("All have signed who must");
        VerifiedOrder order = await _scene.OrderAsync();
        order.Content.InstallPackages.Packages[0].Name.ShouldBe("httpd");

        await _scene.TellAsync(
            _scene.Step(order.Id, 1, OrderState.Received), _scene.Step(order.Id, 2, OrderState.Verified), _scene.Step(order.Id, 3, OrderState.Fetched),
            _scene.Step(order.Id, 4, OrderState.Intent), _scene.Step(order.Id, 5, OrderState.Running), _scene.Progress(order.Id, 6, 1, 2),
            _scene.Output(order.Id, 7, "hello from a script\u001b[2J\0\n"),
            _scene.Step(order.Id, 8, OrderState.Succeeded, step => step.Outcome = new()
            {
                Packages = { new PackageOutcome { Name = "httpd", Architecture = "x86_64", InstalledVersions = { "0:2.4.62-1" }, Done = true } },
            }));

        (await _scene.StateAsync(number)).ShouldBe("succeeded");
        (await _scene.StoryAsync(number)).ShouldBe(
            ["draft", "sign", "sign", "approve", "send", "receive", "verify", "fetch", "intend", "run", "succeed"]);
        string shown = (await Ctl.RunAsync("operation", "show", number)).Output;
        shown.ShouldContain("hello from a script\\u001b[2J");
        shown.ShouldContain("httpd.x86_64: 0:2.4.62-1");
        (await Ctl.RunAsync("operation", "list")).Output.ShouldContain("No operation is open");
        (await _scene.Controller.Service<AuditVerification>().VerifyAsync(Stop)).ShouldBeOfType<AuditVerdict.Intact>();
    }

    [Fact]
    public async Task Whoever_is_not_listed_or_has_signed_is_refused()
    {
        string number = await _scene.DraftAsync("install", "web-01", "httpd");

        CommandLine.Printed stranger = await _scene.ApproveAsync(number, "chloe");
        (await _scene.ApproveAsync(number, "emma")).Code.ShouldBe(0);
        CommandLine.Printed again = await _scene.ApproveAsync(number, "emma");

        stranger.Code.ShouldBe(4);
        stranger.Error.ShouldContain("not listed");
        again.Code.ShouldBe(4);
        again.Error.ShouldContain("has signed already");
        (await _scene.StateAsync(number)).ShouldBe("awaiting_approval");
        (await Ctl.RunAsync("approve", "77", "--yes", "--key", "none")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task A_signature_over_another_order_does_not_count()
    {
        string one = await _scene.DraftAsync("update", "web-01", "httpd");
        string other = await _scene.DraftAsync("update", "web-01", "httpd");
        (await _scene.ApproveAsync(one, "emma")).Code.ShouldBe(0);
        OperationDetailView signed = (await _scene.Controller.Service<OperationBoard>().FindAsync(Number(one), Anna, Stop))!;
        Signature stolen = Signature.Parser.ParseFrom(signed.Signatures[0].Signature);

        OperationOutcome outcome = await _scene.Controller.Service<OperationApproval>().SignAsync(Number(other), stolen, Anna, Stop);

        outcome.ShouldBeOfType<OperationOutcome.Refused>().Words.ShouldContain("these are not the bytes that were signed");
    }

    [Fact]
    public async Task One_is_enough_for_what_is_routine_and_a_catalogue_that_changed_meanwhile_counts()
    {
        string routine = await _scene.DraftAsync("update", "web-01", "httpd");
        (await _scene.ShowAsync(routine)).GetProperty("operation").GetProperty("signatures_missing").GetInt32().ShouldBe(1);
        string install = await _scene.DraftAsync("install", "web-01", "httpd");
        (await _scene.ApproveAsync(install, "emma")).Code.ShouldBe(0);
        await _scene.PublishNextAsync(catalogue => catalogue.Approvers.Single(approver => approver.Key.Name == "emma").Key = NewKey());

        CommandLine.Printed emma = await _scene.ApproveAsync(routine, "emma");
        CommandLine.Printed farid = await _scene.ApproveAsync(install, "farid");

        emma.Code.ShouldBe(4);
        emma.Error.ShouldContain("not listed");
        farid.Output.ShouldContain("1 more must sign");
    }

    [Fact]
    public async Task It_waits_for_its_window_and_expires_with_it()
    {
        DateTimeOffset from = _scene.Controller.Time.GetUtcNow() + TimeSpan.FromMinutes(2);
        string early = await _scene.DraftAsync("update", "web-01", "httpd", "--from", $"{from:O}", "--until", $"{from.AddMinutes(2):O}");
        string never = await _scene.DraftAsync("update", "web-01", "httpd", "--until", $"{from.AddMinutes(2):O}");
        (await _scene.ApproveAsync(early, "emma")).Code.ShouldBe(0);
        (await _scene.StateAsync(early)).ShouldBe("approved");

        _scene.Controller.Time.Advance(TimeSpan.FromMinutes(2));
        Task<VerifiedOrder> due = _scene.OrderAsync();
        await _scene.Controller.PassTimeAsync(due);
        Task<CommandLine.Printed> watching = Ctl.RunAsync("operation", "watch", never);
        _scene.Controller.Time.Advance(TimeSpan.FromMinutes(2));
        await _scene.Controller.PassTimeAsync(watching);

        (await watching).Output.ShouldContain("expired");
        (await _scene.StateAsync(never)).ShouldBe("expired");
        (await _scene.ApproveAsync(never, "emma")).Code.ShouldBe(4);
        // Its server had it in time, and tells of it now.
        await _scene.TellAsync(_scene.Step((await due).Id, 1, OrderState.Running));
        (await _scene.StateAsync(early)).ShouldBe("running");
    }

    [Fact]
    public async Task A_window_that_cannot_be_is_refused_before_the_server_is_asked()
    {
        DateTimeOffset now = _scene.Controller.Time.GetUtcNow();

        (await Ctl.RunAsync("operation", "new", "security", "web-01", "--until", $"{now.AddDays(8):O}")).Error.ShouldContain("7 days");
        CommandLine.Printed over = await Ctl.RunAsync("operation", "new", "security", "web-01", "--until", $"{now.AddHours(-1):O}");
        over.Code.ShouldBe(2);
        over.Error.ShouldContain("ends before it begins");
        (await Ctl.RunAsync("operation", "new", "security", "web-02")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task It_is_sent_again_when_the_agent_connects_until_its_server_has_told_of_it()
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd");
        await _scene.DisconnectAsync();
        (await _scene.ApproveAsync(number, "emma")).Code.ShouldBe(0);

        await _scene.ConnectAsync();
        VerifiedOrder first = await _scene.OrderAsync();
        await _scene.DisconnectAsync();
        await _scene.ConnectAsync();
        VerifiedOrder second = await _scene.OrderAsync();
        second.ShouldBe(first);
        (await _scene.Controller.Service<OrderQueue>().ServersWithOpenAsync(Stop)).Count.ShouldBe(1, "a controller that starts anew looks them up");
        await _scene.TellAsync(_scene.Step(first.Id, 1, OrderState.Received));
        await _scene.DisconnectAsync();
        await _scene.ConnectAsync();
        string next = await _scene.DraftAsync("update", "web-01", "httpd");
        (await _scene.ApproveAsync(next, "emma")).Code.ShouldBe(0);

        (await _scene.OrderAsync()).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Entries_that_come_twice_or_late_change_nothing_and_anothers_are_not_stored()
    {
        (string number, string order) = await SentAsync("update", "web-01", "httpd");

        await _scene.TellAsync(_scene.Step(order, 1, OrderState.Received), _scene.Step(order, 3, OrderState.Running));
        await _scene.TellAsync(_scene.Step(order, 3, OrderState.Failed), _scene.Step(order, 2, OrderState.Intent));
        await _scene.TellAsync(_scene.Step("00112233445566778899aabbccddeeff", 1, OrderState.Succeeded));

        (await _scene.StateAsync(number)).ShouldBe("running");
        JsonElement[] told = [.. (await _scene.ShowAsync(number)).GetProperty("reports").EnumerateArray()];
        told.Select(report => report.GetProperty("entry").GetInt64()).ShouldBe([1, 3, 2]);
        (await Ctl.RunAsync("server", "web-01")).Output.ShouldContain("tells of an order that is not its own");
    }

    [Fact]
    public async Task More_output_than_is_kept_is_cut_off()
    {
        (string number, string order) = await SentAsync("update", "web-01", "httpd");
        string piece = new('x', 16 << 10);

        await _scene.TellAsync([.. Enumerable.Range(1, 18).Select(entry => _scene.Output(order, entry, piece))]);

        JsonElement[] told = [.. (await _scene.ShowAsync(number)).GetProperty("reports").EnumerateArray()];
        told.Sum(report => report.GetProperty("content").GetProperty("output").GetProperty("text").GetString()!.Length).ShouldBe(256 << 10);
        told[^1].GetProperty("content").GetProperty("output").GetProperty("cut").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task While_it_is_uncertain_who_would_get_it_nothing_is_sent()
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd");
        await _scene.Controller.Service<IdentityDoubt>().RaiseAsync(_scene.Identity.Enrolled.AgentId, "tried", Stop);
        (await _scene.ApproveAsync(number, "emma")).Output.ShouldContain("All have signed who must");

        _scene.Controller.Time.Advance(TimeSpan.FromSeconds(6));
        await _scene.TellSomethingElseAsync();
        (await _scene.StoryAsync(number)).ShouldBe(["draft", "sign", "approve"]);
        (await _scene.ShowAsync(number)).GetProperty("operation").GetProperty("withheld").GetString().ShouldNotBeNull().ShouldContain("in doubt");

        CommandLine.Printed trusted = await Ctl.RunAsync("trust", "--server", "web-01", "--reason", "its image was put back");
        trusted.Code.ShouldBe(0, trusted.Error);
        _scene.Controller.Time.Advance(TimeSpan.FromSeconds(6));
        (await _scene.OrderAsync()).Content.UpdatePackages.Names.ShouldBe(["httpd"]);
    }

    [Fact]
    public async Task What_was_planned_before_is_drafted_as_it_was_planned()
    {
        Task<CommandLine.Printed> planning = Ctl.RunAsync("plan", "update", "web-01", "httpd", "--json");
        await _scene.AnswerPlanAsync();
        string hash = (await planning).Json.GetProperty("sha256").GetString()!;

        CommandLine.Printed drafted = await Ctl.RunAsync("operation", "new", "planned", "web-01", "--plan", hash, "--json");
        CommandLine.Printed unknown = await Ctl.RunAsync("operation", "new", "planned", "web-01", "--plan", new string('0', 64));

        drafted.Code.ShouldBe(0, drafted.Error);
        JsonElement operation = drafted.Json.GetProperty("operation");
        operation.GetProperty("plan_sha256").GetString().ShouldBe(hash);
        operation.GetProperty("state").GetString().ShouldBe("awaiting_approval");
        unknown.Code.ShouldBe(3);
        unknown.Error.ShouldContain("made no plan");
    }

    [Fact]
    public async Task Pages_warn_from_three_days_before_the_catalogue_expires()
    {
        TrustNotices notices = _scene.Controller.Service<TrustNotices>();
        TrustNotice? fresh = await notices.FindAsync(Stop);

        _scene.Controller.Time.StepWallClock(TimeSpan.FromDays(4.5));
        TrustNotice? near = await notices.FindAsync(Stop);
        _scene.Controller.Time.StepWallClock(TimeSpan.FromDays(3));
        TrustNotice? over = await notices.FindAsync(Stop);

        fresh.ShouldBeNull();
        near.ShouldNotBeNull().Withheld.ShouldBeEmpty();
        near.Expiry.ShouldNotBeNull().ShouldBeInRange(_scene.Controller.Time.GetUtcNow() - TimeSpan.FromDays(1), _scene.Controller.Time.GetUtcNow());
        over.ShouldNotBeNull().Withheld.ShouldContain("expired");
    }

    [Fact]
    public async Task However_much_a_server_tells_its_end_is_taken()
    {
        (string number, string order) = await SentAsync("update", "web-01", "httpd");

        await _scene.TellAsync(
            _scene.Step(order, 1, OrderState.Running), _scene.Progress(order, 20_000, 1, 2), _scene.Progress(order, 20_001, 2, 2),
            _scene.Step(order, 20_002, OrderState.Running), _scene.Step(order, 20_003, OrderState.Failed));

        (await _scene.StateAsync(number)).ShouldBe("failed");
        JsonElement[] told = [.. (await _scene.ShowAsync(number)).GetProperty("reports").EnumerateArray()];
        told.Select(report => report.GetProperty("entry").GetInt64()).ShouldBe([1, 20_000, 20_003]);
    }

    [Fact]
    public async Task What_failed_is_warned_of_at_once_until_somebody_has_reviewed_it()
    {
        (string number, string order) = await SentAsync("update", "web-01", "httpd");

        await _scene.TellAsync(_scene.Step(order, 1, OrderState.Failed, step =>
        {
            step.Failure = OrderFailure.PlanChanged;
            step.Detail = "httpd 2.4.63 came\u001b[2J";
        }));

        (await Ctl.RunAsync("server", "web-01")).Output.ShouldContain($"Operation {number} ended as Failed: PlanChanged: httpd 2.4.63 came\\u001b[2J");
        (await Ctl.RunAsync("operation", "list", "--review", "--json")).Json.GetArrayLength().ShouldBe(1);
        (await Ctl.RunAsync("operation", "review", number, "--note", "to be planned again")).Code.ShouldBe(0);
        (await Ctl.RunAsync("operation", "list", "--review", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await Ctl.RunAsync("server", "web-01")).Output.ShouldNotContain("ended as Failed");
        (await Ctl.RunAsync("operation", "review", number, "--note", "again")).Code.ShouldBe(4);
    }

    [Fact]
    public async Task Cancelled_it_is_not_sent_and_what_was_sent_is_asked_to_be_left()
    {
        string unsent = await _scene.DraftAsync("update", "web-01", "httpd");
        (await Ctl.RunAsync("operation", "cancel", unsent, "--note", "not wanted")).Code.ShouldBe(0);
        (await _scene.StateAsync(unsent)).ShouldBe("cancelled");
        (await _scene.ApproveAsync(unsent, "emma")).Code.ShouldBe(4);
        (string sent, string order) = await SentAsync("update", "web-01", "httpd");

        (await Ctl.RunAsync("operation", "cancel", sent, "--note", "not wanted")).Code.ShouldBe(0);
        OrderCancellation cancelled = await _scene.HeardAsync(said => said.CancelOrder);
        Convert.ToHexStringLower(cancelled.OrderId.Span).ShouldBe(order);
        (await _scene.StateAsync(sent)).ShouldBe("sent");
        await _scene.TellAsync(_scene.Step(order, 1, OrderState.Cancelled));

        (await _scene.StateAsync(sent)).ShouldBe("cancelled");
    }

    [Fact]
    public async Task An_emergency_needs_an_open_incident_is_told_on_it_and_is_reviewed()
    {
        CommandLine.Printed none = await Ctl.RunAsync("operation", "new", "security", "web-01", "--incident", "1042");
        await _scene.Controller.RunSqlAsync(
            "INSERT INTO incidents (incident_number, server_id, correlation_key, kind, state, title, replacement_promised, detected_time, opened_time) "
            + "SELECT 1042, server_id, 'service:httpd', 1, 1, 'httpd is down', 0, 0, 0 FROM servers");
        string number = await _scene.DraftAsync("security", "web-01", "--incident", "1042");

        (await _scene.ApproveAsync(number, "emma")).Output.ShouldContain("EMERGENCY, incident 1042");
        (await _scene.OrderAsync()).Content.EmergencyIncidentId.ShouldBe("1042");

        none.Code.ShouldBe(4);
        none.Error.ShouldContain("No incident 1042 is open");
        (await Ctl.RunAsync("incident", "1042")).Output.ShouldContain($"Emergency: operation {number}");
        JsonElement due = (await Ctl.RunAsync("operation", "list", "--review", "--json")).Json.EnumerateArray().ShouldHaveSingleItem();
        due.GetProperty("operation_id").GetString().ShouldBe(number);
    }

    [Fact]
    public async Task A_watcher_that_joins_late_sees_it_all_and_what_follows()
    {
        (string number, string order) = await SentAsync("update", "web-01", "httpd");
        await _scene.TellAsync(_scene.Step(order, 1, OrderState.Running), _scene.Output(order, 2, "first line\n"), _scene.Progress(order, 3, 1, 2));
        Task<CommandLine.Printed> watching = Ctl.RunAsync("operation", "watch", number);

        await _scene.TellAsync(_scene.Output(order, 4, "second line\n", 11), _scene.Step(order, 5, OrderState.Succeeded));

        string seen = (await watching).Output;
        int[] places = [.. new[] { "first line", "changing 1 of 2", "second line", "succeeded" }.Select(text => seen.LastIndexOf(text, StringComparison.Ordinal))];
        places.ShouldAllBe(place => place >= 0, seen);
        places.ShouldBeInOrder();
    }

    [Fact]
    public async Task Without_a_quote_that_was_accepted_nothing_is_drafted()
    {
        await Ctl.RunAsync("request", "add", "other", "--server", "web-01", "--words", "build it by hand");

        CommandLine.Printed refused = await Ctl.RunAsync("operation", "new", "update", "web-01", "httpd", "--request", "1");

        refused.Code.ShouldBe(4);
        refused.Error.ShouldContain("before the customer has accepted a quote");
        (await Ctl.RunAsync("operation", "new", "update", "web-01", "httpd", "--request", "9")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task What_restarts_a_customers_service_waits_for_its_consent_to_the_same_plan()
    {
        await Ctl.RunAsync("request", "add", "install", "--server", "web-01", "--package", "httpd");
        string number = await _scene.DraftAsync("install", "web-01", "httpd", "--request", "1");
        CommandLine.Printed approved = await _scene.ApproveAsync(number, "emma");
        approved.Output.ShouldContain("Request 1: install");
        approved.Output.ShouldContain("Backup: option not subscribed");
        approved.Output.ShouldContain("It is sent when the customer has consented");
        OperationWork work = _scene.Controller.Service<OperationWork>();
        string plan = (await _scene.ShowAsync(number)).GetProperty("operation").GetProperty("plan_sha256").GetString()!;
        OperationActor paul = new("person:paul", "person:paul", OperationParty.Customer, await CustomerAsync());

        (await work.ConsentAsync(Number(number), new string('0', 64), paul, Stop)).ShouldBeOfType<OperationOutcome.Refused>();
        (await work.ConsentAsync(Number(number), plan, paul with { CustomerId = "another" }, Stop)).ShouldBeOfType<OperationOutcome.NotFound>();
        (await work.ConsentAsync(Number(number), plan, Anna, Stop)).ShouldBeOfType<OperationOutcome.Refused>();
        await _scene.TellSomethingElseAsync();
        _scene.Agent.Heard.ShouldNotContain(said => said.Order != null);
        (await work.ConsentAsync(Number(number), plan, paul, Stop)).ShouldBeOfType<OperationOutcome.Done>();

        VerifiedOrder order = await _scene.OrderAsync();
        order.Content.Origin.ShouldBe(RequestOrigin.Customer);
        (await _scene.StoryAsync(number)).ShouldContain("consent");
    }

    [Fact]
    public async Task Plans_and_output_are_let_go_after_thirty_days_and_steps_are_kept()
    {
        (string number, string order) = await SentAsync("update", "web-01", "httpd");
        await _scene.TellAsync(_scene.Output(order, 1, "text"), _scene.Step(order, 2, OrderState.Succeeded));

        await _scene.Controller.RunSqlAsync("UPDATE plans SET last_used_time = 0", "UPDATE operation_entries SET received_time = 0");
        await _scene.Controller.Service<OperationUpkeep>().LetGoAsync(Stop);

        JsonElement shown = await _scene.ShowAsync(number);
        shown.GetProperty("plan").ValueKind.ShouldBe(JsonValueKind.Null);
        shown.GetProperty("reports").EnumerateArray().ShouldHaveSingleItem().GetProperty("entry").GetInt64().ShouldBe(2);
        (await Ctl.RunAsync("operation", "show", number)).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("UPDATE operations SET payload = plan_hash")]
    [InlineData("UPDATE operation_signatures SET name = 'eve'")]
    [InlineData("DELETE FROM operation_events")]
    public async Task What_proves_something_is_never_changed(string statement)
    {
        await SentAsync("update", "web-01", "httpd");

        await Should.ThrowAsync<Exception>(() => _scene.Controller.RunSqlAsync(statement));
    }

    private static readonly OperationActor Anna = new("token:anna", "anna", OperationParty.Technician);

    private static SigningKey NewKey()
    {
        using PrivateKey key = PrivateKey.Create();
        return new() { KeyId = key.PublicKey.Id, PublicKey = ByteString.CopyFrom(key.PublicKey.Encoded.Span), Name = "gina" };
    }

    private static long Number(string number) => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<(string Number, string Order)> SentAsync(params string[] args)
    {
        string number = await _scene.DraftAsync(args);
        CommandLine.Printed approved = await _scene.ApproveAsync(number, "emma");
        approved.Code.ShouldBe(0, approved.Error);
        return (number, (await _scene.OrderAsync()).Id);
    }

    private async Task<string> CustomerAsync() => (await _scene.Controller.Service<RequestBoard>().ListAsync(null, false, Stop)) is [var request]
        ? (await _scene.Controller.Service<Customers>().ListAsync(Stop)).Single(customer => customer.Name == request.Request.Customer).CustomerId
        : throw new InvalidOperationException("there is one request");

    public sealed class OnSqlite() : OperationTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : OperationTests(StoreKind.Postgres);
}
