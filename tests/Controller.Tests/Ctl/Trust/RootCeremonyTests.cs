using System.Text.Json;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Trust;

/// <summary>A root is made, signed on several machines, rotated and delegated by files alone.</summary>
public sealed class RootCeremonyTests : IDisposable
{
    private readonly KeyHolders _holders = new();

    public void Dispose() => _holders.Dispose();

    [Fact]
    public async Task A_private_key_is_its_owners_alone_and_under_a_passphrase()
    {
        string publicKey = await _holders.MakeKeyAsync("alice");
        string privateKey = _holders.On("alice", "key");

        File.GetUnixFileMode(privateKey).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(privateKey)).ShouldStartWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        (await KeyHolders.JsonAsync("key", "show", publicKey)).GetProperty("name").GetString().ShouldBe("alice");
    }

    [Fact]
    public async Task A_root_is_whole_when_as_many_have_signed_as_must()
    {
        string root = await _holders.MakeRootAsync();

        JsonElement shown = await KeyHolders.JsonAsync("root", "show", root);

        shown.GetProperty("refusal").ValueKind.ShouldBe(JsonValueKind.Null);
        shown.GetProperty("signatures").GetArrayLength().ShouldBe(2);
        shown.GetProperty("content").GetProperty("version").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task A_root_that_too_few_have_signed_says_who_is_next_and_is_not_relied_on()
    {
        string root = _holders.On("safe", "root.1");
        string[] keys = [_holders.MakeKey("alice"), _holders.MakeKey("bruno")];
        await KeyHolders.RunAsync(
            "root", "init", root, "--root-key", keys[0], "--root-key", keys[1], "--threshold", "2",
            "--catalogue-key", keys[0], "--catalogue-key", keys[1], "--catalogue-threshold", "2");

        CommandLine.Printed signed = await _holders.SignAsync("alice", "root", root);
        CommandLine.Printed again = await _holders.SignAsync("alice", "root", root);
        CommandLine.Printed rotated = await KeyHolders.RunAsync("root", "rotate", root, "--out", _holders.On("safe", "root.2"));

        signed.Code.ShouldBe(0);
        signed.Output.ShouldContain("1 of its own keys signed it; 2 must. The next signer: haisoftctl root sign root.1 --key KEY");
        again.Output.ShouldContain("1 of its own keys signed it");
        rotated.Code.ShouldBe(4);
        rotated.Error.ShouldContain("is no root to rely on");
    }

    [Fact]
    public async Task A_root_changes_hands_by_the_keys_of_both()
    {
        string first = await _holders.MakeRootAsync();
        string second = _holders.On("safe", "root.2");
        (await KeyHolders.RunAsync(
            "root", "rotate", first, "--out", second, "--root-key", _holders.On("bruno", "key.pub"), "--root-key", _holders.MakeKey("gina"), "--threshold", "2")).Code.ShouldBe(0);

        await _holders.SignAsync("bruno", "root", second);
        CommandLine.Printed own = await _holders.SignAsync("gina", "root", second);
        CommandLine.Printed withoutAlice = await KeyHolders.RunAsync("root", "show", second, "--previous", first);
        CommandLine.Printed unknown = await _holders.SignAsync("alice", "root", second);
        CommandLine.Printed complete = await _holders.SignAsync("alice", "root", second, "--previous", first);

        own.Output.ShouldContain("of the root before it nothing is known");
        withoutAlice.Output.ShouldContain("1 keys of version 1 signed it; 2 must.");
        unknown.Code.ShouldBe(4);
        unknown.Error.ShouldContain("--previous FILE");
        complete.Output.ShouldContain("All have signed who must.");
    }

    [Fact]
    public async Task Delegating_anew_takes_the_old_catalogue_keys_their_say()
    {
        string first = await _holders.MakeRootAsync();
        string second = _holders.On("safe", "root.2");
        string text = await _holders.MakeCatalogueTextAsync();
        (await KeyHolders.RunAsync(
            "root", "delegate", first, "--out", second, "--catalogue-key", _holders.On("david", "key.pub"), "--catalogue-key", _holders.MakeKey("gina"), "--catalogue-threshold", "2")).Code.ShouldBe(0);
        await _holders.SignAsync("alice", "root", second);
        await _holders.SignAsync("bruno", "root", second);

        (await _holders.SignAsync("chloe", "catalogue", text, "--root", first, "--out", _holders.On("safe", "sealed"))).Code.ShouldBe(0);
        CommandLine.Printed checkedBySecond = await KeyHolders.RunAsync("catalogue", "check", _holders.On("safe", "sealed"), "--root", second);
        CommandLine.Printed signed = await _holders.SignAsync("chloe", "catalogue", text, "--root", second, "--out", _holders.On("safe", "sealed.2"));

        checkedBySecond.Code.ShouldBe(4);
        checkedBySecond.Error.ShouldContain("UnknownKey");
        signed.Code.ShouldBe(4);
        signed.Error.ShouldContain("not one of those to which the root delegates");
        File.Exists(_holders.On("safe", "sealed.2")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--threshold 1", "rootKeys.threshold: is 1")]
    [InlineData("--threshold 3", "rootKeys.threshold: is 3")]
    [InlineData("", "--threshold")]
    [InlineData("--threshold 2 --days 500", "longest is 400 days")]
    public async Task A_root_that_would_not_hold_is_not_made(string options, string said)
    {
        string[] keys = [_holders.MakeKey("alice"), _holders.MakeKey("bruno")];
        string root = _holders.On("safe", "root.1");

        CommandLine.Printed printed = await KeyHolders.RunAsync(
        [
            "root", "init", root, "--root-key", keys[0], "--root-key", keys[1], .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--catalogue-key", keys[0], "--catalogue-key", keys[1], "--catalogue-threshold", "2",
        ]);

        printed.Code.ShouldBe(2);
        printed.Error.ShouldContain(said);
        File.Exists(root).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_that_is_there_is_written_over()
    {
        await _holders.MakeKeyAsync("alice");
        string before = await File.ReadAllTextAsync(_holders.On("alice", "key"));

        CommandLine.Printed again = await KeyHolders.RunAsync(
            "key", "new", _holders.On("alice", "key"), "--name", "alice", "--passphrase-file", _holders.On("alice", "passphrase"));

        again.Code.ShouldBe(4);
        again.Error.ShouldContain("is there already");
        (await File.ReadAllTextAsync(_holders.On("alice", "key"))).ShouldBe(before);
    }
}
