using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>A catalogue counts when the delegated keys signed it, it is no older than the last, and what it says holds together.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void The_same_again_and_a_later_one_are_accepted()
    {
        HeldCatalogue held = Verify(SealedCatalogue()).Accepted.Held;

        Verify(SealedCatalogue(), held).Refusal.ShouldBeNull();
        Verify(SealedCatalogue(c => c.Version = 8), held).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Keys_of_the_root_or_of_approvers_sign_no_catalogue()
    {
        Verify(SealedCatalogue(null, RootKeys)).Refusal!.Reason.ShouldBe(TrustRefusal.UnknownKey);
        Verify(SealedCatalogue(null, [.. CatalogueKeys, Approvers[0]])).Refusal!.Reason.ShouldBe(TrustRefusal.UnknownKey);
    }

    [Fact]
    public void A_catalogue_of_keys_that_the_root_no_longer_delegates_to_is_refused()
    {
        var next = Follow(SealedRoot(r => (r.Version, r.CatalogueKeys) = (2, Set(Approvers)))).Accepted;

        CatalogueVerification.Verify(next, SealedCatalogue(), held: null, Now).Refusal!.Reason.ShouldBe(TrustRefusal.UnknownKey);
        CatalogueVerification.Verify(next, SealedCatalogue(null, Approvers), held: null, Now).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Thirty_days_are_the_longest_and_the_last_second_counts()
    {
        byte[] longest = SealedCatalogue(c => c.ExpiryTime = Now.AddDays(29).ToTimestamp());

        Verify(longest).Refusal.ShouldBeNull();
        Verify(longest, now: Now.AddDays(29).AddSeconds(-1)).Refusal.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_does_not_hold_is_told_with_its_place(string path, Action<Catalogue> breakIt)
    {
        Catalogue catalogue = Catalogues.Good();
        breakIt(catalogue);

        CatalogueRules.Find(catalogue).Select(fault => fault.Path).ShouldContain(path);
        Verify(SealedCatalogue(breakIt)).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void The_good_one_has_no_fault() => CatalogueRules.Find(Catalogues.Good()).ShouldBeEmpty();

    [Fact]
    public void All_faults_are_told_together() =>
        CatalogueRules.Find(new Catalogue { Packages = { new Package() } }).Select(fault => fault.Path)
            .ShouldBe(["version", "createdTime", "expiryTime", "packages[0].name", "packages[0].repositoryId", "controllers"], ignoreOrder: true);

    public static TheoryData<string, Action<Catalogue>> Broken => new()
    {
        { "version", c => c.Version = 0 },
        { "createdTime", c => c.CreatedTime = null },
        { "createdTime", c => c.CreatedTime.Seconds = long.MaxValue },
        { "expiryTime", c => c.ExpiryTime.Nanos = 1 },
        { "expiryTime", c => c.ExpiryTime = c.CreatedTime },
        { "expiryTime", c => c.ExpiryTime = Now.AddDays(30).ToTimestamp() },
        { "repositories[0].repositoryId", c => c.Repositories[0].RepositoryId = "*" },
        { "repositories[1].repositoryId", c => c.Repositories.Add(c.Repositories[0].Clone()) },
        { "repositories[0].baseUrls", c => c.Repositories[0].BaseUrls.Clear() },
        { "repositories[0].baseUrls[0]", c => c.Repositories[0].BaseUrls[0] = "file:///tmp/" },
        { "repositories[0].baseUrls[0]", c => c.Repositories[0].BaseUrls[0] = "https://user@packages.example/" },
        { "repositories[0].baseUrls[0]", c => c.Repositories[0].BaseUrls[0] = "https://packages.example/\nexclude=*" },
        { "repositories[0].keyFingerprints", c => c.Repositories[0].KeyFingerprints.Clear() },
        { "repositories[0].keyFingerprints[0]", c => c.Repositories[0].KeyFingerprints[0] = "DEADBEEF" },
        { "packages[0].name", c => c.Packages[0].Name = "-y" },
        { "packages[0].name", c => c.Packages[0].Name = "http[d]" },
        { "packages[0].name", c => c.Packages[0].Name = "../httpd" },
        { "packages[3].name", c => c.Packages.Add(c.Packages[0].Clone()) },
        { "packages[0].repositoryId", c => c.Packages[0].RepositoryId = "elsewhere" },
        { "packages[1].versions.atLeast", c => c.Packages[1].Versions.AtLeast = "8.2*" },
        { "packages[1].versions", c => c.Packages[1].Versions.AtLeast = "8.4" },
        { "packages[1].versions", c => c.Packages[1].Versions = new VersionRange() },
        { "packages[0].options[0].service.unit", c => c.Packages[0].Options[0].Service.Unit = "--now" },
        { "packages[0].options[1].port", c => c.Packages[0].Options[1].Port.Highest = 65536 },
        { "packages[0].options[1].port", c => c.Packages[0].Options[1].Port.Lowest = 9001 },
        { "packages[0].options[2].documentRoot.below", c => c.Packages[0].Options[2].DocumentRoot.Below = "/var/www/../.." },
        { "packages[0].options[3]", c => c.Packages[0].Options.Add(new PackageOption()) },
        { "packages[0].options[3]", c => c.Packages[0].Options.Add(c.Packages[0].Options[0].Clone()) },
        { "deniedPackages[0].name", c => c.DeniedPackages[0].Name = "" },
        { "deniedPackages[0].reason", c => c.DeniedPackages[0].Reason = "\u001b[2J" },
        { "operations[0].kind", c => c.Operations[0].Kind = OperationKind.Unspecified },
        { "operations[5].kind", c => c.Operations.Add(c.Operations[4].Clone()) },
        { "operations[2].signatureCount", c => c.Operations[2].SignatureCount = 0 },
        { "operations[2].signatureCount", c => c.Operations[2].SignatureCount = 6 },
        { "operations[0].signatureCount", c => c.Operations[0].SignatureCount = -1 },
        { "operations[3].signatureKinds", c => c.Operations[3].SignatureKinds.Clear() },
        { "operations[3].signatureKinds[0]", c => c.Operations[3].SignatureKinds[0] = (SignatureKind)9 },
        { "operations[3].signatureKinds[2]", c => c.Operations[3].SignatureKinds.Add(SignatureKind.Passkey) },
        { "operations[2].signatureCount", c => c.Approvers.RemoveAt(0) },
        { "approvers[0].kind", c => c.Approvers[0].Kind = SignatureKind.Unspecified },
        { "approvers[0].key.publicKey", c => c.Approvers[0].Key = null },
        { "approvers[1].key.keyId", c => c.Approvers[1].Key = c.Approvers[0].Key },
        { "approvers[0].key.keyId", c => c.Approvers[0].Key.KeyId = c.Approvers[0].Key.KeyId.ToUpperInvariant() },
        { "approvers[0].key.name", c => c.Approvers[0].Key.Name = " Alice" },
        { "controllers", c => c.Controllers.Clear() },
        { "controllers[0].keyId", c => c.Controllers[0] = c.Approvers[0].Key },
        { "controllers[1].keyId", c => c.Controllers.Add(c.Controllers[0].Clone()) },
        { "passkeys", c => c.Passkeys = null },
        { "passkeys.relyingPartyId", c => c.Passkeys.RelyingPartyId = "https://console.example" },
        { "passkeys.origins", c => c.Passkeys.Origins.Clear() },
        { "passkeys.origins[0]", c => c.Passkeys.Origins[0] = "http://console.haisoft.example" },
        { "passkeys.origins[0]", c => c.Passkeys.Origins[0] = "https://notconsole.haisoft.example" },
        { "passkeys.origins[0]", c => c.Passkeys.Origins[0] = "https://console.haisoft.example/" },
    };
}
