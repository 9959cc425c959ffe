using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Files;
using HaiSoft.Agent.Readings.Inventory;

namespace HaiSoft.Agent.Inventory;

/// <summary>The package manager, and whether an installed update waits for a reboot.</summary>
internal sealed class PackageProbe(FileRoots roots, string root, TimeSpan patience, TimeProvider time)
{
    /// <summary>The one that installs this system's packages: a Debian may have dnf too, for other things.</summary>
    public PackageManager Manager()
    {
        bool debian = Directory.Exists(Path.Combine(root, "var/lib/dpkg/info")) && Has("apt-get");
        return debian && !File.Exists(roots.InEtc("redhat-release")) ? PackageManager.Apt
            : Has("dnf") || Has("dnf5") ? PackageManager.Dnf
            : Has("yum") ? PackageManager.Yum
            : Has("zypper") ? PackageManager.Zypper
            : PackageManager.None;
    }

    /// <summary>Absent when this cannot be told.</summary>
    public async Task<bool?> RebootNeededAsync(PackageManager manager, bool ownKernel, CancellationToken cancellationToken)
    {
        if (File.Exists(roots.InRun("reboot-required")))
        {
            return true; // Debian's packages write it
        }

        if (manager is PackageManager.Dnf or PackageManager.Yum
            && await SystemTool.RunAsync(Path.Combine(root, "usr/bin/needs-restarting"), ["-r"], patience, time, cancellationToken) is { ExitStatus: 0 or 1 } told)
        {
            return told.ExitStatus == 1;
        }

        return ownKernel ? KernelIsOld() : null;
    }

    // The newest kernel that is installed against the one that runs.
    private bool? KernelIsOld()
    {
        if (SmallFile.Text(roots.InProc("sys/kernel/osrelease")) is not { } running)
        {
            return null;
        }

        IReadOnlyList<string> installed = Listing.Names(Path.Combine(root, "lib/modules"));
        return installed.Contains(running) && Flavour(installed, running) is [.., var newest] ? newest != running : null;
    }

    // "6.1.0-18-amd64" and "6.1.0-18-cloud-amd64" do not replace each other.
    private static List<string> Flavour(IReadOnlyList<string> installed, string running) =>
        [.. installed.Where(kernel => kernel[(kernel.LastIndexOf('-') + 1)..].TrimStart("0123456789.".ToCharArray()) == running[(running.LastIndexOf('-') + 1)..].TrimStart("0123456789.".ToCharArray()))];

    private bool Has(string tool) => File.Exists(Path.Combine(root, "usr/bin", tool));
}
