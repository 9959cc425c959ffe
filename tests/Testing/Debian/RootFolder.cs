using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Debian;

/// <summary>A Debian root folder that test machines are started from (on an overlay: it itself is never written to).</summary>
/// <param name="Name">What kind of machine it is.</param>
/// <param name="Packages">What is installed on top of <see cref="Base"/>.</param>
public sealed record RootFolder(string Name, params IReadOnlyList<string> Packages)
{
    private static readonly string[] BasePackages =
        ["systemd", "systemd-sysv", "dbus", "udev", "kmod", "util-linux", "iproute2", "procps", "pciutils", "openssl", "ca-certificates"];

    /// <summary>A bare server: systemd and little else.</summary>
    public static RootFolder Base { get; } = new("base");

    /// <summary>A customer's web server: Apache with PHP, MariaDB, SSH.</summary>
    public static RootFolder Services { get; } = new("services", "apache2", "libapache2-mod-php", "php-fpm", "mariadb-server", "openssh-server");

    /// <summary>A server whose packages are RPMs: rpm and dnf on Debian, the RPM database empty.</summary>
    public static RootFolder Rpm { get; } = new("rpm", "rpm", "dnf");

    /// <summary>Debian's own kernel with what reads hardware, for guests.</summary>
    public static RootFolder Hardware { get; } = new(
        "hardware", "linux-image-amd64", "initramfs-tools", "zstd", "qemu-guest-agent", "smartmontools", "nvme-cli", "mdadm", "ipmitool", "dmidecode", "lshw", "hdparm", "ethtool");

    /// <summary>Why none can be made or used on this machine; null when all is there.</summary>
    public static string? WhyNot()
    {
        if (Environment.UserName != "root")
        {
            return "Not root: test machines need namespaces and mounts.";
        }

        if (Tool.Find("debootstrap") is null)
        {
            return "debootstrap is not installed: ./build.sh setup installs it.";
        }

        return AptMirror.OfThisMachine() is null ? "No apt source for this Debian release: test machines are made from the machine's own mirror." : null;
    }

    /// <summary>Its path in the cache; made now (one to three minutes) when it is not there.</summary>
    public async Task<string> EnsureAsync(CancellationToken cancellationToken)
    {
        var mirror = AptMirror.OfThisMachine() ?? throw new InvalidOperationException(WhyNot());
        string[] script = await Task.WhenAll(Script("make-base.sh"), Script("add-packages.sh"));
        return await MachineCache.GetAsync(
            Name,
            [mirror.Suite, .. script, .. BasePackages, .. Packages],
            folder => MakeAsync(folder, mirror, cancellationToken),
            cancellationToken);

        Task<string> Script(string name) => File.ReadAllTextAsync(ScriptPath(name), cancellationToken);
    }

    /// <summary>One of the shell scripts beside this file.</summary>
    internal static string ScriptPath(string name) => RepositoryFolder.In("tests", "Testing", "Debian", name);

    private async Task MakeAsync(string folder, AptMirror mirror, CancellationToken cancellationToken)
    {
        if (Packages.Count == 0)
        {
            (await Tool.RunAsync(ScriptPath("make-base.sh"), [folder, mirror.Uri, mirror.Suite, .. BasePackages], cancellationToken)).Succeeded();
            return;
        }

        var below = await Base.EnsureAsync(cancellationToken);
        (await Tool.RunAsync("cp", ["-a", below, folder], cancellationToken)).Succeeded();
        (await Tool.RunAsync(ScriptPath("add-packages.sh"), [folder, .. Packages], cancellationToken)).Succeeded();
    }
}
