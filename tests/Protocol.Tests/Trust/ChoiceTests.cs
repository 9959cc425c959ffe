using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>An order chooses for a package what the catalogue offers for it, within its bounds.</summary>
public sealed class ChoiceTests
{
    [Theory]
    [InlineData(1024, "/var/www", true)]
    [InlineData(9000, "/var/www/shop/public", true)]
    [InlineData(1023, "/var/www", false)]
    [InlineData(9001, "/var/www", false)]
    [InlineData(8080, "/var/wwwx", false)]
    [InlineData(8080, "/etc", false)]
    public void Choices_lie_within_what_is_offered(int port, string documentRoot, bool isOffered) =>
        (Reason("httpd", new PackageChoice { Port = port }, new PackageChoice { DocumentRoot = documentRoot }) is null).ShouldBe(isOffered);

    [Fact]
    public void Nothing_is_chosen_for_a_package_that_offers_nothing() =>
        Reason("php-fpm", new PackageChoice { ServiceEnabled = true }).ShouldBe(TrustRefusal.OrderChoiceNotOffered);

    private static TrustRefusal? Reason(string package, params PackageChoice[] choices) =>
        VerifyOrder(
            SealedOrder(o => o.InstallPackages = new InstallPackages { Packages = { new PackageInstall { Name = package, Choices = { choices } } } }, Approvers))
            .Refusal?.Reason;
}
