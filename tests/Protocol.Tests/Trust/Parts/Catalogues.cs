using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Tests.Trust.Parts;

/// <summary>A catalogue as a company would have it.</summary>
internal static class Catalogues
{
    public static Catalogue Good() => new()
    {
        Version = 7,
        CreatedTime = TrustBed.Now.AddDays(-1).ToTimestamp(),
        ExpiryTime = TrustBed.Now.AddDays(6).ToTimestamp(),
        Repositories =
        {
            new Repository
            {
                RepositoryId = "haisoft-el9",
                BaseUrls = { "https://packages.haisoft.example/el9/$basearch/" },
                KeyFingerprints = { "0123456789ABCDEF0123456789ABCDEF01234567" },
            },
        },
        Packages =
        {
            new Package
            {
                Name = "httpd",
                RepositoryId = "haisoft-el9",
                Options =
                {
                    new PackageOption { Service = new ServiceOption { Unit = "httpd.service" } },
                    new PackageOption { Port = new PortOption { Lowest = 1024, Highest = 9000 } },
                    new PackageOption { DocumentRoot = new DocumentRootOption { Below = "/var/www" } },
                },
            },
            new Package { Name = "php-fpm", RepositoryId = "haisoft-el9", Versions = new VersionRange { AtLeast = "8.2", Below = "8.4~" } },
            new Package { Name = "telnet-server", RepositoryId = "haisoft-el9" },
        },
        DeniedPackages =
        {
            new DeniedPackage { Name = "telnet-server", Reason = "passwords in clear" },
            new DeniedPackage { Name = "httpd", Versions = new VersionRange { Below = "2.4.57-5" }, Reason = "request smuggling" },
        },
        Operations =
        {
            new Operation { Kind = OperationKind.LocateDisk },
            new Operation { Kind = OperationKind.SelfTest },
            new Operation { Kind = OperationKind.InstallPackages, SignatureCount = 2, SignatureKinds = { SignatureKind.KeyFile }, CustomerRequest = true },
            new Operation
            {
                Kind = OperationKind.UpdatePackages,
                SignatureCount = 2,
                SignatureKinds = { SignatureKind.KeyFile, SignatureKind.Passkey },
                Routine = true,
                Emergency = true,
            },
            new Operation { Kind = OperationKind.Undo, SignatureCount = 2, SignatureKinds = { SignatureKind.KeyFile }, Emergency = true, Reboot = true },
        },
        Approvers =
        {
            new Approver { Key = TrustBed.Listed(TrustBed.Approvers[0], "Alice"), Kind = SignatureKind.KeyFile },
            new Approver { Key = TrustBed.Listed(TrustBed.Approvers[1], "Bruno"), Kind = SignatureKind.KeyFile },
            new Approver { Key = TrustBed.Listed(TrustBed.Passkey.PublicKey, "Chloé"), Kind = SignatureKind.Passkey },
        },
        Controllers = { TrustBed.Listed(TrustBed.Controller, "controller-1") },
        Passkeys = new PasskeySettings { RelyingPartyId = "console.haisoft.example", Origins = { Authenticator.Origin } },
    };
}
