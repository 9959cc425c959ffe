using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Tests.Trust.Parts;

/// <summary>Orders that may be carried out.</summary>
internal static class Orders
{
    /// <summary>An update that one approver's signature is enough for.</summary>
    public static Order Good() => new()
    {
        OrderId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
        MachineId = TrustBed.Machine,
        CreatedTime = TrustBed.Now.AddHours(-2).ToTimestamp(),
        ExpiryTime = TrustBed.Now.AddDays(3).ToTimestamp(),
        WindowStartTime = TrustBed.Now.AddHours(-1).ToTimestamp(),
        WindowEndTime = TrustBed.Now.AddHours(4).ToTimestamp(),
        PlanHash = ByteString.CopyFrom(SHA256.HashData("plan"u8)),
        PackageStateHash = ByteString.CopyFrom(SHA256.HashData("state"u8)),
        Origin = RequestOrigin.Technician,
        ServerCount = 1,
        UpdatePackages = new UpdatePackages { Names = { "httpd", "php-fpm" } },
    };

    /// <summary>An installation that a technician wants: two approvers' signatures.</summary>
    public static void Install(Order order) => order.InstallPackages = new InstallPackages
    {
        Packages =
        {
            new PackageInstall
            {
                Name = "httpd",
                Choices =
                {
                    new PackageChoice { ServiceEnabled = true },
                    new PackageChoice { Port = 8080 },
                    new PackageChoice { DocumentRoot = "/var/www/shop" },
                },
            },
        },
    };

    /// <summary>Undoing an earlier order.</summary>
    public static void Undo(Order order) => order.Undo = new Undo { OrderId = ByteString.CopyFrom(new byte[16]) };

    /// <summary>Lighting a disk's LED: no approver's signature.</summary>
    public static void Locate(Order order)
    {
        order.LocateDisk = new LocateDisk { SerialNumber = "S3Z9NB0K", Lit = true };
        order.PlanHash = ByteString.Empty;
        order.PackageStateHash = ByteString.Empty;
    }
}
