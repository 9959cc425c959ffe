using System.Text.Json;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl;

public sealed class PersonCommandTests : IAsyncDisposable
{
    private readonly RunningController _controller = RunningController.Start();
    private readonly CommandLine _ctl;

    public PersonCommandTests() => _ctl = new(_controller);

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task Somebody_is_added_listed_and_disabled()
    {
        await _ctl.RunAsync("customer", "add", "Boulangerie Martin", "--email", "m@martin.example");

        JsonElement added = (await _ctl.RunAsync("person", "add", "paul@martin.example", "--customer", "Boulangerie Martin", "--json")).Json;
        CommandLine.Printed shown = await _ctl.RunAsync("person", "add", "bob", "--role", "approver");
        CommandLine.Printed disabled = await _ctl.RunAsync("person", "disable", "PAUL@martin.example");
        JsonElement all = (await _ctl.RunAsync("person", "list", "--json")).Json;

        added.GetProperty("address").GetString().ShouldNotBeNull().ShouldContain("/welcome?link=");
        shown.Output.ShouldContain("For bob (approver), good once");
        disabled.Code.ShouldBe(0);
        all.EnumerateArray().Select(p => $"{p.GetProperty("name")} {p.GetProperty("role")} {p.GetProperty("customer")} {p.GetProperty("state")}")
            .ShouldBe(["bob approver  invited", "paul@martin.example customer Boulangerie Martin disabled"]);
    }

    [Theory]
    [InlineData(2, "person", "add", "paul", "--customer", "Boulangerie Martin")]
    [InlineData(2, "person", "add", "paul@martin.example")]
    [InlineData(2, "person", "add", "bob", "--role", "administrator")]
    [InlineData(3, "person", "add", "paul@martin.example", "--customer", "Nobody")]
    [InlineData(3, "person", "link", "nobody")]
    [InlineData(3, "person", "disable", "nobody")]
    public async Task What_cannot_be_done_says_why(int code, params string[] args)
    {
        await _ctl.RunAsync("customer", "add", "Boulangerie Martin", "--email", "m@martin.example");

        CommandLine.Printed printed = await _ctl.RunAsync(args);

        printed.Code.ShouldBe(code, printed.Error);
        printed.Error.ShouldStartWith("haisoftctl: ");
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_a_new_link_is_made_for_it()
    {
        await _ctl.RunAsync("person", "add", "bob", "--role", "technician");

        CommandLine.Printed again = await _ctl.RunAsync("person", "add", "Bob", "--role", "technician");

        again.Code.ShouldBe(4);
        again.Error.ShouldContain("haisoftctl person link");
        (await _ctl.RunAsync("person", "link", "bob")).Output.ShouldContain("/welcome?link=");
    }
}
