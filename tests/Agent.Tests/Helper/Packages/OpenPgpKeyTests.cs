using System.Text;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Packages;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>Files of public keys, as gpg writes them.</summary>
public sealed class OpenPgpKeyTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private RpmKey _key = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Tool.Find("gpg") is null, "gpg is not installed: ./build.sh setup installs it.");
        _key = await RpmKey.MakeAsync(_folder, "k", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_key is not null)
        {
            await _key.CloseAsync(CancellationToken.None);
        }

        _folder.Dispose();
    }

    private byte[] Public => Encoding.ASCII.GetBytes(_key.Public);

    private async Task<string> GpgAsync(params string[] arguments) => (await Tool.RunAsync(
        "gpg", ["--homedir", _key.Home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments], Stop)).Succeeded();

    [Fact]
    public async Task Fingerprints_are_those_that_gpg_tells_with_and_without_armour()
    {
        string binary = _folder["key.gpg"];
        await GpgAsync("--output", binary, "--export", _key.Fingerprint);

        OpenPgpKey.Read(Public).ShouldHaveSingleItem().Fingerprint.ShouldBe(_key.Fingerprint);
        OpenPgpKey.Read(await File.ReadAllBytesAsync(binary, Stop)).ShouldHaveSingleItem().Packets.ShouldBe(OpenPgpKey.Read(Public).Single().Packets);
    }

    [Fact]
    public async Task Of_several_keys_in_a_file_each_is_one()
    {
        RpmKey other = await RpmKey.MakeAsync(_folder, "o", Stop);
        await other.CloseAsync(Stop);

        OpenPgpKey.Read(Encoding.ASCII.GetBytes("# ours\n" + _key.Public + other.Public)).Select(key => key.Fingerprint).ShouldBe([_key.Fingerprint, other.Fingerprint]);
    }

    [Fact]
    public async Task A_subkey_does_not_come_along()
    {
        OpenPgpKey before = OpenPgpKey.Read(Public).Single();
        await GpgAsync("--quick-add-key", _key.Fingerprint, "rsa2048", "sign");
        string with = await GpgAsync("--armor", "--export", _key.Fingerprint);

        OpenPgpKey after = OpenPgpKey.Read(Encoding.ASCII.GetBytes(with)).ShouldHaveSingleItem();

        with.Length.ShouldBeGreaterThan(_key.Public.Length + 500);
        after.Packets.ShouldBe(before.Packets);
    }

    [Fact]
    public async Task What_is_written_is_read_by_gpg_and_by_us()
    {
        OpenPgpKey key = OpenPgpKey.Read(Public).Single();

        (await GpgAsync("--with-colons", "--show-keys", _folder.Write("key.asc", key.Armoured))).ShouldContain($"fpr:::::::::{_key.Fingerprint}:");
        OpenPgpKey.Read(Encoding.ASCII.GetBytes(key.Armoured)).Single().Packets.ShouldBe(key.Packets);
    }

    [Fact]
    public void Any_bytes_are_no_keys_or_keys_and_nothing_worse()
    {
        Random random = new(1);
        byte[] packets = OpenPgpKey.Read(Public).Single().Packets;
        for (var turn = 0; turn < 20_000; turn++)
        {
            byte[] changed = [.. packets[..random.Next(1, packets.Length)]];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            changed[random.Next(Math.Min(8, changed.Length))] = (byte)random.Next(256);
            OpenPgpKey.Read(changed).Count().ShouldBeLessThan(10);
        }
    }
}
