using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Trust;

/// <summary>What a server keeps to verify orders by.</summary>
public sealed class TrustStoreTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Company _company = new();
    private readonly SettableTime _time = new(Company.Now);

    public void Dispose()
    {
        _company.Dispose();
        _folder.Dispose();
    }

    private string TrustFolder => _folder["trust"];

    private string PinFile => _folder["root-fingerprint"];

    // Each use is another start of the helper.
    private TrustStore Store => new(TrustFolder, PinFile, _time);

    private static TrustOffer Offer(byte[]? catalogue, params byte[][] roots) => new()
    {
        Roots = { roots.Select(root => ByteString.CopyFrom(root)) },
        Catalogue = catalogue is null ? ByteString.Empty : ByteString.CopyFrom(catalogue),
    };

    private void Pin(byte[] root) => File.WriteAllText(PinFile, Company.Fingerprint(root) + "\n");

    [Fact]
    public void Without_a_pinned_fingerprint_nothing_is_taken_and_the_words_say_what_to_do()
    {
        TrustReport report = Store.Take(Offer(_company.Catalogue(1), _company.Root(1)));

        report.Pinned.ShouldBeFalse();
        report.Refusal.ShouldBe(TrustRefusal.RootWrongFingerprint);
        report.RefusalDetail.ShouldContain(PinFile);
        report.RootVersion.ShouldBe(0);
        Directory.Exists(TrustFolder).ShouldBeFalse();
        Store.Read().RefusalDetail.ShouldContain("haisoftctl root show");
    }

    [Fact]
    public void A_fingerprint_that_others_could_have_written_is_not_believed()
    {
        byte[] root = _company.Root(1);
        Pin(root);
        File.SetUnixFileMode(PinFile, File.GetUnixFileMode(PinFile) | UnixFileMode.OtherWrite);

        TrustReport report = Store.Take(Offer(null, root));

        report.Pinned.ShouldBeFalse();
        report.RefusalDetail.ShouldContain("chmod go-w");
        Store.Read().RootVersion.ShouldBe(0);
    }

    [Fact]
    public void A_fingerprint_may_be_written_as_it_is_read_from_paper()
    {
        byte[] root = _company.Root(1);
        string digits = Company.Fingerprint(root).ToUpperInvariant();
        File.WriteAllText(PinFile, "# root of 2026\n" + string.Join(' ', digits.Chunk(8).Select(part => new string(part))) + "\n");

        Store.Take(Offer(null, root)).RootVersion.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void What_is_no_fingerprint_pins_nothing(string text)
    {
        File.WriteAllText(PinFile, text);
        Store.Read().ShouldSatisfyAllConditions(
            report => report.Pinned.ShouldBeFalse(),
            report => report.RefusalDetail.ShouldContain("64 hexadecimal digits"));
    }

    [Fact]
    public void Roots_and_catalogue_are_taken_and_hold_after_a_restart()
    {
        byte[] first = _company.Root(1);
        Pin(first);

        TrustReport report = Store.Take(Offer(_company.Catalogue(7), first, _company.Root(2)));

        report.Refusal.ShouldBe(TrustRefusal.Unspecified, report.RefusalDetail);
        report.RootVersion.ShouldBe(2);
        report.CatalogueVersion.ShouldBe(7);
        report.CatalogueExpiryTime.ShouldBe(Company.Now.AddDays(6).ToTimestamp());
        report.CatalogueHash.Length.ShouldBe(32);
        Store.Read().ShouldBe(report);
        Store.Catalogue()!.Content.Version.ShouldBe(7);
        File.GetUnixFileMode(TrustFolder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Roots_before_the_pinned_one_and_before_the_held_one_are_passed_over()
    {
        byte[] second = _company.Root(2);
        Pin(second);

        Store.Take(Offer(null, _company.Root(1), second, _company.Root(3))).ShouldSatisfyAllConditions(
            report => report.Refusal.ShouldBe(TrustRefusal.Unspecified, report.RefusalDetail),
            report => report.RootVersion.ShouldBe(3));
        Store.Take(Offer(null, second)).ShouldSatisfyAllConditions(
            report => report.Refusal.ShouldBe(TrustRefusal.Unspecified, report.RefusalDetail),
            report => report.RootVersion.ShouldBe(3));
    }

    [Fact]
    public void A_root_that_is_not_the_next_or_not_signed_is_refused_and_what_is_held_stays()
    {
        using Company thief = new();
        byte[] first = _company.Root(1);
        Pin(first);

        Store.Take(Offer(null, thief.Root(1))).Refusal.ShouldBe(TrustRefusal.RootWrongFingerprint);
        Store.Take(Offer(null, first)).RootVersion.ShouldBe(1);
        Store.Take(Offer(null, _company.Root(3))).Refusal.ShouldBe(TrustRefusal.RootSkippedVersion);
        Store.Take(Offer(null, _company.Root(2, signers: 1))).Refusal.ShouldBe(TrustRefusal.RootTooFewPreviousSignatures);
        Store.Take(Offer(null, thief.Root(2))).Refusal.ShouldBe(TrustRefusal.RootTooFewPreviousSignatures);
        Store.Take(Offer(null, "rubbish"u8.ToArray())).Refusal.ShouldBe(TrustRefusal.Malformed);
        Store.Take(Offer(null, [.. Enumerable.Repeat(first, 17)])).Refusal.ShouldBe(TrustRefusal.TooLarge);
        Store.Read().RootVersion.ShouldBe(1);
    }

    [Fact]
    public void A_catalogue_never_goes_back_and_never_changes_under_its_version()
    {
        using Company thief = new();
        byte[] root = _company.Root(1);
        Pin(root);
        Store.Take(Offer(_company.Catalogue(7), root)).Refusal.ShouldBe(TrustRefusal.Unspecified);

        Store.Take(Offer(_company.Catalogue(6))).Refusal.ShouldBe(TrustRefusal.CatalogueLowerVersion);
        Store.Take(Offer(_company.Catalogue(7, catalogue => catalogue.Operations.Clear()))).Refusal.ShouldBe(TrustRefusal.CatalogueChanged);
        Store.Take(Offer(thief.Catalogue(8))).Refusal.ShouldBe(TrustRefusal.UnknownKey);
        Store.Read().CatalogueVersion.ShouldBe(7);
        Store.Take(Offer(_company.Catalogue(8))).CatalogueVersion.ShouldBe(8);
    }

    [Fact]
    public void An_expired_catalogue_is_still_told_and_does_not_count()
    {
        byte[] root = _company.Root(1);
        Pin(root);
        Store.Take(Offer(_company.Catalogue(7), root));

        _time.Advance(TimeSpan.FromDays(7));

        Store.Catalogue().ShouldBeNull();
        Store.Read().ShouldSatisfyAllConditions(
            report => report.CatalogueVersion.ShouldBe(7),
            report => report.CatalogueExpiryTime.ToDateTimeOffset().ShouldBeLessThan(_time.GetUtcNow()));
        Store.Take(Offer(_company.Catalogue(7))).Refusal.ShouldBe(TrustRefusal.CatalogueExpired);
        Store.Take(Offer(_company.Catalogue(8, now: _time.GetUtcNow()))).Refusal.ShouldBe(TrustRefusal.Unspecified);
        Store.Catalogue()!.Content.Version.ShouldBe(8);
    }

    [Fact]
    public void What_lost_keys_signed_does_not_count_any_more_and_still_bounds_the_next()
    {
        byte[] root = _company.Root(1);
        Pin(root);
        Store.Take(Offer(_company.Catalogue(900), root));

        _company.ReplaceCatalogueKeys();
        Store.Take(Offer(null, _company.Root(2))).ShouldSatisfyAllConditions(
            report => report.RootVersion.ShouldBe(2),
            report => report.CatalogueVersion.ShouldBe(0));

        Store.Catalogue().ShouldBeNull();
        Store.Take(Offer(_company.Catalogue(899))).Refusal.ShouldBe(TrustRefusal.CatalogueLowerVersion);
        Store.Take(Offer(_company.Catalogue(901))).CatalogueVersion.ShouldBe(901);
    }

    [Fact]
    public void A_crash_while_writing_leaves_what_was_there()
    {
        byte[] root = _company.Root(1);
        Pin(root);
        TrustReport before = Store.Take(Offer(_company.Catalogue(7), root));

        // What is beside a file when the power fails before the rename: the next content, whole or torn.
        File.WriteAllBytes(Path.Combine(TrustFolder, "catalogue.new"), _company.Catalogue(8)[..50]);
        File.WriteAllBytes(Path.Combine(TrustFolder, "root.2.new"), _company.Root(2)[..50]);

        Store.Read().ShouldBe(before);
        Store.Take(Offer(_company.Catalogue(8), _company.Root(2))).ShouldSatisfyAllConditions(
            report => report.RootVersion.ShouldBe(2),
            report => report.CatalogueVersion.ShouldBe(8));
    }

    [Fact]
    public void Damaged_files_count_for_nothing_and_are_replaced_by_the_next_offer()
    {
        byte[] root = _company.Root(1);
        Pin(root);
        Store.Take(Offer(_company.Catalogue(7), root));
        foreach (string file in Directory.GetFiles(TrustFolder))
        {
            byte[] content = File.ReadAllBytes(file);
            content[content.Length / 2] ^= 1;
            File.WriteAllBytes(file, content);
        }

        Store.Read().RootVersion.ShouldBe(0);
        Store.Catalogue().ShouldBeNull();
        Store.Take(Offer(_company.Catalogue(8), root)).CatalogueVersion.ShouldBe(8);
    }
}
