using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>Catalogues to begin with.</summary>
internal static class NewCatalogue
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);

    /// <summary>The first: an example of a repository and a package, and the operations with the numbers of signatures that the house has.</summary>
    public static Catalogue Example(IEnumerable<SigningKey> approvers, IEnumerable<SigningKey> controllers, DateTimeOffset now)
    {
        Catalogue catalogue = new()
        {
            Version = 1,
            Repositories = { Repository() },
            Packages = { Package() },
            DeniedPackages = { new DeniedPackage { Name = "telnet-server", Reason = "passwords in clear" } },
            Operations = { Operations() },
            Approvers = { approvers.Select(key => new Approver { Key = key, Kind = SignatureKind.KeyFile }) },
            Controllers = { controllers },
        };
        return Date(catalogue, now);
    }

    /// <summary>What follows on another: a version higher, made now.</summary>
    public static Catalogue After(Catalogue catalogue, DateTimeOffset now)
    {
        Catalogue next = catalogue.Clone();
        next.Version++;
        return Date(next, now);
    }

    private static Catalogue Date(Catalogue catalogue, DateTimeOffset now)
    {
        DateTimeOffset second = WholeSecond.Of(now);
        catalogue.CreatedTime = second.ToTimestamp();
        catalogue.ExpiryTime = (second + DefaultLifetime).ToTimestamp();
        return catalogue;
    }

    private static Repository Repository() => new()
    {
        RepositoryId = "example-el9",
        BaseUrls = { "https://packages.example/el9/$basearch/" },
        KeyFingerprints = { "0000000000000000000000000000000000000000" },
    };

    private static Package Package() => new()
    {
        Name = "httpd",
        Versions = new VersionRange { AtLeast = "2.4", Below = "2.5~" },
        RepositoryId = "example-el9",
        Options =
        {
            new PackageOption { Service = new ServiceOption { Unit = "httpd.service" } },
            new PackageOption { Port = new PortOption { Lowest = 80, Highest = 8443 } },
            new PackageOption { DocumentRoot = new DocumentRootOption { Below = "/var/www" } },
        },
    };

    // Thresholds of DESIGN 4. A passkey is enough for updates of what is installed, and for nothing else.
    private static Operation[] Operations() =>
    [
        new() { Kind = OperationKind.LocateDisk },
        new() { Kind = OperationKind.SelfTest },
        new() { Kind = OperationKind.InstallPackages, SignatureCount = 2, SignatureKinds = { SignatureKind.KeyFile }, CustomerRequest = true },
        Update(OperationKind.UpdatePackages),
        Update(OperationKind.SecurityUpdates),
        new() { Kind = OperationKind.Undo, SignatureCount = 2, SignatureKinds = { SignatureKind.KeyFile }, CustomerRequest = true, Emergency = true, Reboot = true },
    ];

    private static Operation Update(OperationKind kind) => new()
    {
        Kind = kind,
        SignatureCount = 2,
        SignatureKinds = { SignatureKind.KeyFile, SignatureKind.Passkey },
        Routine = true,
        CustomerRequest = true,
        Emergency = true,
        Reboot = true,
    };
}
