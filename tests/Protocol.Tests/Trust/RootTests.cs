using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>The root changes hands by its own keys alone.</summary>
public sealed class RootTests
{
    private static readonly PrivateKey[] NewKeys = [PrivateKey.Create(), PrivateKey.Create()];

    [Fact]
    public void The_next_root_counts_when_both_thresholds_have_signed_it() =>
        Follow(Rotated([.. RootKeys[..2], .. NewKeys])).Accepted.Content.Version.ShouldBe(2);

    [Fact]
    public void A_key_of_both_counts_for_both() => Follow(SealedRoot(r => r.Version = 2)).Refusal.ShouldBeNull();

    [Fact]
    public void The_root_that_is_held_changes_nothing() => RootVerification.Follow(FirstRoot, SealedOf(FirstRoot)).Accepted.ShouldBeSameAs(FirstRoot);

    [Fact]
    public void A_server_that_was_off_for_long_follows_through_roots_that_have_expired()
    {
        byte[] second = SealedRoot(r => (r.Version, r.CreatedTime, r.ExpiryTime) = (2, Now.AddDays(-300).ToTimestamp(), Now.AddDays(-1).ToTimestamp()));
        byte[] third = SealedRoot(r => r.Version = 3);

        TrustedRoot followed = Follow(second).Accepted;
        followed.WhyNot(Now)!.Reason.ShouldBe(TrustRefusal.RootExpired);
        RootVerification.Follow(followed, third).Accepted.WhyNot(Now).ShouldBeNull();
    }

    [Fact]
    public void A_rotated_root_is_pinned_by_its_fingerprint_without_the_one_before()
    {
        byte[] second = Rotated([.. RootKeys[..2], .. NewKeys]);
        RootVerification.Pin(second, Open(second).Sha256).Refusal.ShouldBeNull();
        PinOwn(Rotated([.. RootKeys, NewKeys[0]])).Refusal!.Reason.ShouldBe(TrustRefusal.RootTooFewSignatures);
    }

    [Fact]
    public void Signing_twice_counts_once()
    {
        byte[] once = SealedRoot(r => r.Version = 2, RootKeys[0]);
        byte[] twice = Change(once, e => e.Signatures.Add(Open(Sign(once, RootKeys[0])).Signatures));

        Open(twice).Signatures.Select(signature => signature.Signature_).Distinct().Count().ShouldBe(2);
        Follow(twice).Refusal!.Reason.ShouldBe(TrustRefusal.RootTooFewPreviousSignatures);
    }

    [Fact]
    public void Keys_are_counted_never_names()
    {
        KeySet sameNames = Set(RootKeys);
        foreach (SigningKey key in sameNames.Keys)
            key.Name = "Alice";
        PinOwn(SealedRoot(r => r.RootKeys = sameNames)).Refusal.ShouldBeNull();

        KeySet oneKey = Set(RootKeys[0], RootKeys[0]);
        PinOwn(SealedRoot(r => r.RootKeys = oneKey, RootKeys[0])).Refusal!.Words.ShouldContain("is there already");
    }

    [Theory]
    [InlineData("version")]
    [InlineData("expiryTime")]
    [InlineData("rootKeys.threshold")]
    [InlineData("catalogueKeys")]
    [InlineData("rootKeys.keys[1].keyId")]
    [InlineData("rootKeys.keys[0].publicKey")]
    [InlineData("catalogueKeys.keys[2].name")]
    public void What_does_not_hold_is_told_with_its_place(string path)
    {
        Root root = Root.Parser.ParseFrom(Open(SealedRoot()).Payload.Span);
        Break(root, path);
        RootRules.Find(root).Select(fault => fault.Path).ShouldBe([path]);
    }

    [Theory]
    [InlineData(-4, ExpiryWarning.None)]
    [InlineData(-3, ExpiryWarning.ThreeDays)]
    [InlineData(-1, ExpiryWarning.OneDay)]
    [InlineData(0, ExpiryWarning.Expired)]
    public void Expiry_is_warned_of_at_three_days_and_at_one(int days, ExpiryWarning warning) =>
        FirstCatalogue.Lifetime.WarningAt(FirstCatalogue.Lifetime.Expiry.AddDays(days)).ShouldBe(warning);

    private static void Break(Root root, string path)
    {
        switch (path)
        {
            case "version": root.Version = 0; break;
            case "expiryTime": root.ExpiryTime.Nanos = 1; break;
            case "rootKeys.threshold": root.RootKeys.Threshold = 4; break;
            case "catalogueKeys": root.CatalogueKeys = null; break;
            case "rootKeys.keys[1].keyId": root.RootKeys.Keys[1].KeyId = new string('0', 64); break;
            case "rootKeys.keys[0].publicKey": root.RootKeys.Keys[0].PublicKey = ByteString.CopyFrom(new byte[91]); break;
            case "catalogueKeys.keys[2].name": root.CatalogueKeys.Keys[2].Name = "evil\u202Eeman"; break;
            default: throw new ArgumentOutOfRangeException(nameof(path));
        }
    }

    private static byte[] Rotated(PrivateKey[] signers) => SealedRoot(r => (r.Version, r.RootKeys) = (2, Set(NewKeys)), signers);

    private static byte[] SealedOf(TrustedRoot root) => Sign(Sealing.Seal(PayloadTypes.Root, root.Content), RootKeys[..2]);
}
