using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.BadInput;

/// <summary>What an installer sees when <c>haisoft-agent enroll</c> cannot do its work: each message says what to do.</summary>
public sealed class EnrolmentTests(EnrolmentDesk desk) : IClassFixture<EnrolmentDesk>
{
    private const int Failed = 1;
    private const int Usage = 2;

    [Fact]
    public async Task A_token_used_twice_enrols_once()
    {
        Require();
        var token = await desk.TokenAsync(EnrolmentDesk.First);

        (await desk.EnrolAsync(token, EnrolmentDesk.First)).Succeeded().ShouldContain("Enrolled as server 'web-01'");

        ShouldTell(await desk.EnrolAsync(token, EnrolmentDesk.First), Failed, "was used already", "haisoftctl enroll-token --server web-01", "haisoftctl revoke --server web-01");
    }

    [Fact]
    public async Task An_expired_token_is_told_with_the_command_that_makes_a_new_one()
    {
        Require();
        var token = await desk.TokenAsync(EnrolmentDesk.First);
        desk.ExpireTokens();

        ShouldTell(await desk.EnrolAsync(token, EnrolmentDesk.First), Failed, "expired", "haisoftctl enroll-token --server web-01");
    }

    [Fact]
    public async Task A_token_for_another_server_is_refused_and_still_good_for_its_own()
    {
        Require();
        var token = await desk.TokenAsync(EnrolmentDesk.Second);

        ShouldTell(await desk.EnrolAsync(token, EnrolmentDesk.First), Failed, "for another server than 'web-01'", "haisoftctl enroll-token --server NAME");

        (await desk.EnrolAsync(token, EnrolmentDesk.Second)).Succeeded().ShouldContain("'web-02'");
    }

    [Fact]
    public async Task A_token_that_was_not_copied_whole_is_known_before_anything_is_dialled()
    {
        Require();
        var token = await desk.TokenAsync(EnrolmentDesk.Second);

        ShouldTell(await desk.EnrolAsync("192.0.2.1", token[..^3], EnrolmentDesk.Second, "/proc/nowhere"), Usage, "not whole", "copy all of it");
    }

    [Fact]
    public async Task Where_no_controller_listens_the_address_is_told()
    {
        Require();
        var token = await desk.TokenAsync(EnrolmentDesk.Second);

        ShouldTell(await desk.EnrolAsync("127.0.0.1:1", token, EnrolmentDesk.Second, Path.GetDirectoryName(desk.Controller.DataFolder)!), Failed, "127.0.0.1:1 refuses", "Look at address and port");
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_written_is_told_and_the_token_is_not_spent()
    {
        Require();
        var token = await desk.TokenAsync(EnrolmentDesk.Second);

        ShouldTell(await desk.EnrolAsync(desk.Controller.AgentsAddress, token, EnrolmentDesk.Second, "/proc/haisoft"), Failed, "/proc/haisoft cannot be written", "--state", "not used");

        (await desk.EnrolAsync(token, EnrolmentDesk.Second)).Succeeded();
    }

    private static void Require() => Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");

    private static void ShouldTell(ToolResult result, int code, params string[] words)
    {
        result.ExitCode.ShouldBe(code, result.Error);
        result.Output.ShouldBeEmpty();
        foreach (var word in words)
        {
            result.Error.ShouldContain(word);
        }
    }
}
