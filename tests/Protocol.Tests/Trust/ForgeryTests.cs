using System.Globalization;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>
/// A controller in the hands of a thief sends orders and catalogues that are forged, replayed, reordered, misaddressed, expired or
/// altered: none is accepted; between them good ones come, and all are.
/// </summary>
public sealed class ForgeryTests
{
    private const int Rounds = 25;
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("HAISOFT_SEED") ?? "1", CultureInfo.InvariantCulture);
    private readonly EvilController _evil = new(new Random(Seed));

    [Fact]
    public void No_forged_order_is_accepted_and_every_good_one_is()
    {
        HashSet<string> held = [];
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] good = round % 2 == 0 ? SealedOrder() : SealedOrder(Orders.Install, Approvers);
            held.Add(VerifyOrder(good, held: [.. held]).Accepted.Id);
            VerifyOrder(good, held: [.. held]).Refusal!.Reason.ShouldBe(TrustRefusal.OrderHeld);
            refused++;
            foreach ((string name, Func<byte[]> forge) in _evil.OrderForgeries)
                refused += IsRefused(VerifyOrder(forge(), held: [.. held]).Refusal, name);
        }

        refused.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void No_forged_catalogue_is_accepted_and_every_good_one_is()
    {
        var held = Verify(SealedCatalogue()).Accepted.Held;
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long later = round + 8;
            Verify(SealedCatalogue(c => c.Version = later), held).Refusal.ShouldBeNull();
            foreach ((string name, Func<byte[]> forge) in _evil.CatalogueForgeries)
                refused += IsRefused(Verify(forge(), held).Refusal, name);
        }

        refused.ShouldBe(Rounds * _evil.CatalogueForgeries.Count);
    }

    private static int IsRefused(Refused? refused, string name)
    {
        refused.ShouldNotBeNull($"{name} was accepted (HAISOFT_SEED={Seed})");
        return 1;
    }
}
