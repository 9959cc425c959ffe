using System.Globalization;
using System.Text.Json;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Trust;

/// <summary>A catalogue is edited as text, sealed into exact bytes, signed on several machines and checked as servers do.</summary>
public sealed class CatalogueCommandTests : IClassFixture<CatalogueCommandTests.Ceremony>, IDisposable
{
    private readonly KeyHolders _holders;
    private readonly ScratchFolder _files = new();
    private readonly string _root;
    private readonly string _text;

    public CatalogueCommandTests(Ceremony ceremony)
    {
        _holders = ceremony.Holders;
        _root = ceremony.Root;
        _text = _files["catalogue.json"];
        File.Copy(ceremony.Text, _text);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_catalogue_that_both_have_signed_would_be_accepted_by_servers()
    {
        string sealedFile = _files["catalogue.1"];

        CommandLine.Printed first = await _holders.SignAsync("chloe", "catalogue", _text, "--root", _root, "--out", sealedFile);
        CommandLine.Printed tooEarly = await CheckAsync(sealedFile);
        CommandLine.Printed second = await _holders.SignAsync("david", "catalogue", sealedFile, "--root", _root);
        JsonElement accepted = await KeyHolders.JsonAsync("catalogue", "check", sealedFile, "--root", _root);

        first.Output.ShouldContain("1 of the root's catalogue keys signed it; 2 must.");
        tooEarly.Code.ShouldBe(4);
        tooEarly.Error.ShouldContain("CatalogueTooFewSignatures");
        second.Output.ShouldContain("All have signed catalogue.1 who must.");
        accepted.GetProperty("version").GetInt64().ShouldBe(1);
        accepted.GetProperty("is_sealed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_next_catalogue_is_the_last_as_text_and_the_last_is_refused_after_it()
    {
        string first = await SealAsync(_text, "catalogue.1");
        string text = _files["next.json"];
        (await KeyHolders.RunAsync("catalogue", "edit", first, "--out", text)).Code.ShouldBe(0);
        string second = await SealAsync(text, "catalogue.2");

        (await CheckAsync(second, "--held", first)).Code.ShouldBe(0);
        (await CheckAsync(first, "--held", second)).Error.ShouldContain("CatalogueLowerVersion");
        JsonElement one = (await KeyHolders.JsonAsync("catalogue", "show", first)).GetProperty("content");
        JsonElement two = (await KeyHolders.JsonAsync("catalogue", "show", second)).GetProperty("content");
        two.GetProperty("version").GetString().ShouldBe("2");
        two.GetProperty("operations").ToString().ShouldBe(one.GetProperty("operations").ToString());
        two.GetProperty("packages").ToString().ShouldBe(one.GetProperty("packages").ToString());
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(60, "It expires in 60 hours: sign the next one.")]
    public async Task A_catalogue_that_expires_within_three_days_is_warned_of(int hours, string? warning)
    {
        string text = await File.ReadAllTextAsync(_text);
        string expiry = text.Split("\"expiryTime\": \"")[1].Split('"')[0];
        string sooner = TimeProvider.System.GetUtcNow().AddHours(hours).AddMinutes(5).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(_text, text.Replace(expiry, sooner, StringComparison.Ordinal));

        JsonElement seen = await KeyHolders.JsonAsync("catalogue", "check", await SealAsync(_text, "catalogue.1"), "--root", _root);

        seen.GetProperty("warning").GetString().ShouldBe(warning);
    }

    [Fact]
    public async Task A_changed_bit_of_a_sealed_catalogue_is_noticed()
    {
        string sealedFile = await SealAsync(_text, "catalogue.1");
        byte[] bytes = await File.ReadAllBytesAsync(sealedFile);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(sealedFile, bytes);

        (await CheckAsync(sealedFile)).Code.ShouldBe(4);
    }

    [Theory]
    [InlineData("\"name\": \"httpd\",", "\"name\": \"httpd\", \"nmae\": 1,", "packages[0].nmae: there is no such field; here belong name, versions, repositoryId, options.")]
    [InlineData("\"name\": \"httpd\",", "\"name\": \"httpd\", \"name\": \"nginx\",", "packages[0].name: is there already.")]
    [InlineData("\"name\": \"httpd\",", "\"name\": \"http*\",", "packages[0].name: is not the exact name of an RPM")]
    [InlineData("\"name\": \"httpd\",", "\"name\": null,", "packages[0].name: is null: leave it out.")]
    [InlineData("\"lowest\": 80,", "\"lowest\": \"low\",", "packages[0].options[1].port.lowest: is not a whole number.")]
    [InlineData("\"lowest\": 80,", "\"lowest\": 0,", "packages[0].options[1].port: is not a range of ports")]
    [InlineData("\"OPERATION_KIND_SELF_TEST\"", "\"SHELL\"", "operations[1].kind: is not one of OPERATION_KIND_LOCATE_DISK, OPERATION_KIND_SELF_TEST")]
    [InlineData("\"OPERATION_KIND_SELF_TEST\"", "99", "operations[1].kind: is 99, which this version does not know.")]
    [InlineData("\"service\": {", "\"service\": [], \"x\": {", "packages[0].options[0].service: is not an object")]
    [InlineData("\"service\": {", "\"port\": {}, \"service\": {", "packages[0].options[0].service: only one belongs here of service, port, documentRoot.")]
    [InlineData("\"repositoryId\": \"example-el9\",", "\"repositoryId\": \"other\",", "packages[0].repositoryId: is not the id of a repository of this catalogue.")]
    public async Task A_fault_of_the_text_is_told_with_its_line_and_why(string good, string bad, string said)
    {
        string[] lines = await File.ReadAllLinesAsync(_text);
        int line = Array.FindLastIndex(lines, text => text.Contains(good, StringComparison.Ordinal));
        line.ShouldBeGreaterThan(0);
        lines[line] = lines[line].Replace(good, bad, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(_text, lines);

        CommandLine.Printed printed = await KeyHolders.RunAsync("catalogue", "check", _text);

        printed.Code.ShouldBe(2);
        printed.Error.ShouldContain(said);
        printed.Error.ShouldContain($"line {(said.Contains("port: is", StringComparison.Ordinal) ? line : line + 1)}: ");
        (await _holders.SignAsync("chloe", "catalogue", _text, "--root", _root, "--out", _files["never"])).Code.ShouldBe(2);
        File.Exists(_files["never"]).ShouldBeFalse();
    }

    [Fact]
    public async Task An_approver_by_passkey_is_taken_as_its_holders_page_gives_it_with_where_passkeys_are_used()
    {
        using PrivateKey key = PrivateKey.Create();
        string entry = JsonSerializer.Serialize(new
        {
            key = new { keyId = key.PublicKey.Id, publicKey = Convert.ToBase64String(key.PublicKey.Encoded.Span), name = "gina" },
            kind = "SIGNATURE_KIND_PASSKEY",
        });
        string text = await File.ReadAllTextAsync(_text);
        text.ShouldContain("Account, Passkeys");
        text = text.Replace("\"approvers\": [", $"\"approvers\": [ {entry},", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_text, text);
        CommandLine.Printed without = await KeyHolders.RunAsync("catalogue", "check", _text);
        const string Settings = """ "passkeys": { "relyingPartyId": "console.example", "origins": [ "https://console.example" ] }, """;
        await File.WriteAllTextAsync(_text, text.Replace("\"controllers\": [", $"{Settings}\"controllers\": [", StringComparison.Ordinal));

        CommandLine.Printed with = await KeyHolders.RunAsync("catalogue", "check", _text);

        without.Code.ShouldBe(2);
        without.Error.ShouldContain("passkeys: is missing, and an approver has one.");
        with.Code.ShouldBe(0, with.Error);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"version\": 1")]
    [InlineData("// nothing")]
    [InlineData("{\"packages\": {}}")]
    [InlineData("{\"createdTime\": {\"seconds\": 1}}")]
    public async Task What_is_not_a_catalogue_is_told_so(string text)
    {
        string file = _files.Write("broken.json", text);

        CommandLine.Printed printed = await KeyHolders.RunAsync("catalogue", "check", file);

        printed.Code.ShouldBe(2);
        printed.Error.ShouldContain("line 1: ");
    }

    [Fact]
    public async Task A_wrong_passphrase_or_somebody_elses_key_signs_nothing()
    {
        string sealedFile = await SealAsync(_text, "catalogue.1");
        byte[] before = await File.ReadAllBytesAsync(sealedFile);

        CommandLine.Printed wrong = await KeyHolders.RunAsync(
            "catalogue", "sign", sealedFile, "--root", _root, "--key", _holders.On("chloe", "key"), "--passphrase-file", _holders.On("david", "passphrase"));
        CommandLine.Printed stranger = await KeyHolders.RunAsync(
            "catalogue", "sign", sealedFile, "--root", _root, "--key", _holders.On("emma", "key"), "--passphrase-file", _holders.On("emma", "passphrase"));

        (wrong.Code, stranger.Code).ShouldBe((2, 4));
        wrong.Error.ShouldContain("does not open with this passphrase");
        (await File.ReadAllBytesAsync(sealedFile)).ShouldBe(before);
    }

    /// <summary>A signed root and a first text: key files are slow to open, and meant to be.</summary>
    public sealed class Ceremony : IAsyncLifetime
    {
        internal KeyHolders Holders { get; } = new();

        internal string Root { get; private set; } = "";

        internal string Text { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Root = await Holders.MakeRootAsync();
            Text = await Holders.MakeCatalogueTextAsync();
        }

        public ValueTask DisposeAsync()
        {
            Holders.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private async Task<string> SealAsync(string text, string name)
    {
        string sealedFile = _files[name];
        (await _holders.SignAsync("chloe", "catalogue", text, "--root", _root, "--out", sealedFile)).Code.ShouldBe(0);
        (await _holders.SignAsync("david", "catalogue", sealedFile, "--root", _root)).Code.ShouldBe(0);
        return sealedFile;
    }

    private Task<CommandLine.Printed> CheckAsync(string sealedFile, params string[] more) =>
        KeyHolders.RunAsync(["catalogue", "check", sealedFile, "--root", _root, .. more]);
}
