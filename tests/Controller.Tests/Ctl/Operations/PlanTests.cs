using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>A technician asks a server what an operation would change, and is shown the plan.</summary>
public sealed class PlanTests : IAsyncLifetime
{
    private readonly RunningController _controller = RunningController.Start();
    private readonly ScratchFolder _files = new();
    private CommandLine _ctl = null!;
    private LinkedAgent _agent = null!;

    public async ValueTask InitializeAsync()
    {
        _ctl = new(_controller);
        _agent = await LinkedAgent.ConnectAsync(_controller, await _controller.EnrolAsync("web-01"));
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _controller.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task The_plan_is_shown_and_its_exact_bytes_are_kept()
    {
        string file = _files["plan"];
        Task<CommandLine.Printed> asking = _ctl.RunAsync(
            "plan", "install", "web-01", "httpd", "php-fpm", "--set", "httpd:port=8080", "--set", "httpd:service=on", "--out", file);
        PlanRequest asked = await AskedAsync();
        asked.InstallPackages.Packages.Select(package => package.Name).ShouldBe(["httpd", "php-fpm"]);
        asked.InstallPackages.Packages[0].Choices.Select(choice => choice.ToString()).ShouldBe(["{ \"port\": 8080 }", "{ \"serviceEnabled\": true }"]);
        byte[] plan = Plan(asked).ToByteArray();
        await AnswerAsync(asked, answer => answer.Plan = ByteString.CopyFrom(plan));

        CommandLine.Printed shown = await asking;
        shown.Code.ShouldBe(0, shown.Error);
        shown.Output.ShouldContain("php-common");
        shown.Output.ShouldContain("To be restarted: httpd.service");
        shown.Output.ShouldContain("HAISA-2026-7");
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(plan);
        (await _ctl.RunAsync("plan", "show", file)).Output.ShouldBe(shown.Output);
    }

    [Fact]
    public async Task What_a_server_says_is_shown_and_never_obeyed()
    {
        Task<CommandLine.Printed> asking = _ctl.RunAsync("plan", "update", "web-01", "httpd");
        await AnswerAsync(await AskedAsync(), answer => answer.Refusal = new PlanRefusal
        {
            Reason = PlanRefusalReason.Unsolvable,
            Detail = "httpd needs libevil\u001b[2J, which is not listed",
        });

        CommandLine.Printed refused = await asking;
        refused.Code.ShouldBe(4);
        refused.Error.ShouldContain("makes no such plan (Unsolvable): httpd needs libevil\\u001b[2J");
    }

    [Theory]
    [InlineData("another machine")]
    [InlineData("another operation")]
    [InlineData("no plan")]
    public async Task An_answer_to_something_else_is_not_passed_on(string what)
    {
        Task<CommandLine.Printed> asking = _ctl.RunAsync("plan", "install", "web-01", "httpd");
        PlanRequest asked = await AskedAsync();
        Plan plan = Plan(asked);
        if (what == "another machine")
            plan.MachineId = "6f0c";
        if (what == "another operation")
            plan.SecurityUpdates = new SecurityUpdates();
        byte[] bytes = what == "no plan" ? [1, 2, 3] : plan.ToByteArray();
        await AnswerAsync(asked, answer => answer.Plan = ByteString.CopyFrom(bytes));

        CommandLine.Printed refused = await asking;
        refused.Code.ShouldBe(4);
        refused.Error.ShouldContain("is no plan of this");
    }

    [Fact]
    public async Task Security_updates_need_no_names()
    {
        Task<CommandLine.Printed> asking = _ctl.RunAsync("plan", "security", "web-01", "--json");
        PlanRequest asked = await AskedAsync();
        asked.SecurityUpdates.ShouldNotBeNull();
        await AnswerAsync(asked, answer => answer.Plan = new Plan { MachineId = "5f0c", SecurityUpdates = new SecurityUpdates() }.ToByteString());

        (await asking).Json.GetProperty("sha256").GetString()!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Without_a_server_or_its_agent_the_words_help()
    {
        (await _ctl.RunAsync("plan", "security", "web-09")).Error.ShouldContain("There is no server 'web-09'");
        await _agent.HalfCloseAsync();
        await _agent.EndAsync();

        CommandLine.Printed offline = await _ctl.RunAsync("plan", "security", "web-01");
        offline.Code.ShouldBe(4);
        offline.Error.ShouldContain("not connected");
    }

    [Theory]
    [InlineData("httpd:port=many")]
    [InlineData("httpd")]
    [InlineData("httpd:root=var/www")]
    [InlineData("nginx:port=80")]
    public async Task A_choice_that_cannot_be_is_told_before_anybody_is_asked(string choice)
    {
        CommandLine.Printed refused = await _ctl.RunAsync("plan", "install", "web-01", "httpd", "--set", choice);
        refused.Code.ShouldBe(2);
        refused.Error.ShouldContain(choice);
    }

    private static Plan Plan(PlanRequest asked) => new()
    {
        MachineId = "5f0c",
        CreatedTime = new Timestamp { Seconds = 1_790_000_000 },
        CatalogueVersion = 7,
        InstallPackages = asked.InstallPackages,
        Changes =
        {
            new PackageChange
            {
                Action = PackageAction.Upgrade,
                Name = "php-common",
                Architecture = "x86_64",
                OldVersion = "0:8.2.1-1",
                NewVersion = "0:8.3.2-1",
                Reason = PackageReason.Needed,
                File = new PackageFile { RepositoryId = "haisoft-el9", SizeBytes = 1_234_567, Vendor = "HaiSoft" },
                OldVendor = "HaiSoft",
                Advisories = { "HAISA-2026-7" },
            },
        },
        RestartedUnits = { "httpd.service" },
        InstalledGrowthBytes = -4096,
        FreeBytes = 8_000_000_000,
    };

    private async Task<PlanRequest> AskedAsync()
    {
        while (true)
        {
            if ((await _agent.NextAsync()).Plan is { } asked)
                return asked;
        }
    }

    private Task AnswerAsync(PlanRequest asked, Action<PlanAnswer> fill)
    {
        PlanAnswer answer = new() { RequestId = asked.RequestId };
        fill(answer);
        return _agent.SendAsync(new ConnectRequest { PlanAnswer = answer });
    }
}
