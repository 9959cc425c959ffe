using System.Text.Json;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Ctl.Commands;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl;

public sealed class CommandLineTests : IAsyncDisposable
{
    private readonly RunningController _controller = RunningController.Start();
    private readonly ScratchFolder _files = new();
    private readonly CommandLine _ctl;

    public CommandLineTests() => _ctl = new(_controller);

    public async ValueTask DisposeAsync()
    {
        await _controller.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task A_customer_and_its_server_are_added_shown_and_enrolled()
    {
        (await _ctl.RunAsync("customer", "add", "Boulangerie Martin", "--email", "m@martin.example")).Code.ShouldBe(0);
        (await AddServerAsync("web-01")).Code.ShouldBe(0);

        CommandLine.Printed table = await _ctl.RunAsync("servers");
        CommandLine.Printed one = await _ctl.RunAsync("server", "web-01");
        JsonElement token = (await _ctl.RunAsync("enroll-token", "--server", "web-01", "--json")).Json;
        TestAgent agent = await TestAgent.EnrolAsync(_controller, token.GetProperty("token").GetString()!);

        table.Output.ShouldContain("Boulangerie Martin");
        one.Output.ShouldContain("49.90/month EUR excl. VAT, since 2026-01-01");
        agent.Enrolled.ServerName.ShouldBe("web-01");
        token.GetProperty("controller_address").GetString().ShouldBe(new Uri(_controller.AgentsUrl).Authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_get_every_field_of_a_server_in_snake_case()
    {
        await _ctl.RunAsync("customer", "add", "Boulangerie Martin", "--email", "m@martin.example");
        await AddServerAsync("web-01");

        JsonElement server = (await _ctl.RunAsync("servers", "--json")).Json[0];

        server.EnumerateObject().Select(field => field.Name).ShouldBe(
        [
            "server_id", "name", "customer", "kind", "rack", "host", "fee_cents", "fee_period", "from_date", "backup_option", "health", "presence",
            "last_report_time", "open_incident_count", "warnings", "os_name", "orders_withheld",
        ]);
        server.GetProperty("fee_cents").GetInt64().ShouldBe(4990);
        server.GetProperty("presence").GetString().ShouldBe("never_enrolled");
        server.GetProperty("host").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(2, "customer", "add", "X", "--email", "nobody")]
    [InlineData(2, "server", "add")]
    [InlineData(2, "no-such-verb")]
    [InlineData(2, "customer", "import", "/no/such/file.csv")]
    [InlineData(3, "server", "web-99")]
    [InlineData(3, "incident", "77")]
    [InlineData(3, "ack", "77")]
    [InlineData(3, "enroll-token", "--server", "web-99")]
    [InlineData(3, "trust", "--server", "web-99", "--reason", "x")]
    [InlineData(3, "revoke", "--server", "web-99", "--reason", "x")]
    public async Task A_command_that_cannot_be_done_says_why_and_ends_with_its_code(int code, params string[] args)
    {
        CommandLine.Printed printed = await _ctl.RunAsync(args);
        CommandLine.Printed json = await _ctl.RunAsync([.. args, "--json"]);

        printed.Code.ShouldBe(code);
        printed.Error.ShouldStartWith("haisoftctl: ");
        printed.Output.ShouldBeEmpty();
        JsonDocument.Parse(json.Error).RootElement.GetProperty("exit_code").GetInt32().ShouldBe(code);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        await _ctl.RunAsync("customer", "add", "Boulangerie Martin", "--email", "m@martin.example");

        CommandLine.Printed again = await _ctl.RunAsync("customer", "add", "boulangerie martin", "--email", "m@martin.example");

        again.Code.ShouldBe(4);
        again.Error.ShouldContain("exists already");
    }

    [Fact]
    public async Task Faults_of_a_file_are_told_by_their_lines()
    {
        string file = _files.Write("c.csv", "name,email\nA,a@a.example\nB,nope\nA,a@a.example\n");

        CommandLine.Printed printed = await _ctl.RunAsync("customer", "import", file);

        printed.Code.ShouldBe(2);
        printed.Error.ShouldContain("line 3: 'nope' is not an e-mail address");
        printed.Error.ShouldContain("line 4: the customer 'A' is on line 2 already");
        (await _ctl.RunAsync("customer", "list", "--json")).Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Checks_are_added_listed_and_removed()
    {
        await _controller.AddServerAsync("web-01");

        JsonElement added = (await _ctl.RunAsync("checks", "add", "--server", "web-01", "https://shop.example/health", "--role", "web", "--json")).Json;
        CommandLine.Printed removed = await _ctl.RunAsync("checks", "remove", "--server", "web-01", "http:https://shop.example/health");
        CommandLine.Printed listed = await _ctl.RunAsync("checks", "list", "--server", "web-01");

        JsonElement service = added.GetProperty("services")[0];
        (service.GetProperty("port").GetInt32(), service.GetProperty("path").GetString()).ShouldBe((443, "/health"));
        removed.Code.ShouldBe(0);
        listed.Output.ShouldContain("version 2");
    }

    [Fact]
    public async Task A_controller_that_is_not_the_profiles_is_not_spoken_to()
    {
        string profile = await File.ReadAllTextAsync(_controller.ProfileFile);
        string hash = JsonDocument.Parse(profile).RootElement.GetProperty("ca_sha256").GetString()!;

        CommandLine.Printed printed = await WithProfileAsync(profile.Replace(hash, new string('0', 64), StringComparison.Ordinal));

        printed.Code.ShouldBe(5);
        printed.Error.ShouldContain("is not trusted");
    }

    [Fact]
    public async Task A_controller_that_is_not_there_is_told_as_unreachable()
    {
        string profile = $$"""{"address": "https://localhost:1", "token": "hst1.x", "ca_sha256": "{{new string('0', 64)}}"}""";

        CommandLine.Printed printed = await WithProfileAsync(profile);

        printed.Code.ShouldBe(5);
        printed.Error.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_profile_that_others_can_read_or_whose_token_is_unknown_does_not_sign_in()
    {
        string unknown = (await File.ReadAllTextAsync(_controller.ProfileFile)).Replace(_controller.Token, "hst1.unknown", StringComparison.Ordinal);
        string open = _files.Write("open.json", unknown);
        File.SetUnixFileMode(open, (UnixFileMode)0b110_100_100);

        (await WithProfileAsync(unknown)).Code.ShouldBe(6);
        CommandLine.Printed readable = await RunWithAsync(open);
        readable.Code.ShouldBe(6);
        readable.Error.ShouldContain("chmod 600");
    }

    private Task<CommandLine.Printed> AddServerAsync(string name) => _ctl.RunAsync(
        "server", "add", name, "--customer", "Boulangerie Martin", "--kind", "dedicated", "--rack", "R12/U07", "--fee", "49.90/month", "--from", "2026-01-01");

    private Task<CommandLine.Printed> WithProfileAsync(string profile)
    {
        string file = _files.Write("profile.json", profile);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return RunWithAsync(file);
    }

    private static async Task<CommandLine.Printed> RunWithAsync(string profileFile)
    {
        StringWriter output = new();
        StringWriter error = new();
        int code = await CtlRoot.RunAsync(["servers", "--profile", profileFile], output, error, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}
