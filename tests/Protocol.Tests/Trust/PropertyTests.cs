using FsCheck;
using FsCheck.Fluent;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>What holds for any change and any signers.</summary>
public sealed class PropertyTests
{
    private static readonly byte[] NextRoot = SealedRoot(r => r.Version = 2);
    private static readonly byte[] Catalogue = SealedCatalogue(null, CatalogueKeys);
    private static readonly byte[] Order = SealedOrder(null, Approvers);
    private static readonly byte[] OrderByPasskey = Sign(Order, Passkey.Approve(Order));

    [Fact]
    public void Any_flipped_bit_of_a_root_is_refused() => AnyFlippedBit(NextRoot, bytes => Follow(bytes).Refusal is not null);

    // All three keys signed, two must: a signature that is not needed is no place to hide in either.
    [Fact]
    public void Any_flipped_bit_of_a_catalogue_is_refused() => AnyFlippedBit(Catalogue, bytes => Verify(bytes).Refusal is not null);

    [Fact]
    public void Any_flipped_bit_of_an_order_is_refused() => AnyFlippedBit(Order, bytes => VerifyOrder(bytes).Refusal is not null);

    [Fact]
    public void Any_flipped_bit_of_an_order_that_a_passkey_approved_is_refused() => AnyFlippedBit(OrderByPasskey, bytes => VerifyOrder(bytes).Refusal is not null);

    [Fact]
    public void The_same_without_a_flipped_bit_are_accepted()
    {
        Follow(NextRoot).Refusal.ShouldBeNull();
        Verify(Catalogue).Refusal.ShouldBeNull();
        VerifyOrder(Order).Refusal.ShouldBeNull();
        VerifyOrder(OrderByPasskey).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Any_subset_of_catalogue_keys_below_the_threshold_is_refused_and_any_other_accepted() =>
        AnySigners(CatalogueKeys, PayloadTypes.Catalogue, Catalogues.Good(), bytes => Verify(bytes).Refusal is null, 2);

    [Fact]
    public void Any_subset_of_root_keys_below_the_threshold_is_refused_and_any_other_accepted() =>
        AnySigners(RootKeys, PayloadTypes.Root, Root.Parser.ParseFrom(Open(NextRoot).Payload.Span), bytes => Follow(bytes).Refusal is null, 2);

    [Fact]
    public void Any_subset_of_approvers_below_the_number_is_refused_and_any_other_accepted()
    {
        Order order = Orders.Good();
        Orders.Install(order);
        AnySigners(Approvers, PayloadTypes.Order, order, bytes => VerifyOrder(Sign(bytes, Controller)).Refusal is null, 2);
    }

    private static void AnyFlippedBit(byte[] good, Func<byte[], bool> isRefused) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
        Gen.Choose(0, (good.Length * 8) - 1).ToArbitrary(),
        bit =>
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            return isRefused(flipped);
        }));

    // Signers in any order, some of them more than once.
    private static void AnySigners(PrivateKey[] keys, string type, Google.Protobuf.IMessage content, Func<byte[], bool> isAccepted, int threshold) =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(0, keys.Length - 1).ListOf().ToArbitrary(),
            signers =>
            {
                byte[] unsigned = Sealing.Seal(type, content);
                byte[] signed = Change(unsigned, e => e.Signatures.Add(signers.Take(30).Select(signer => Open(Sign(unsigned, keys[signer])).Signatures[0])));
                return isAccepted(signed) == (signers.Take(30).Distinct().Count() >= threshold);
            }));
}
