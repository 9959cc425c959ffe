using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Files;
using HaiSoft.Agent.Readings.Inventory;

namespace HaiSoft.Agent.Inventory;

/// <summary>Physical or virtual, seen from inside. The record decides (DOMAIN 4.5); this can only disagree with it.</summary>
internal sealed class VirtualizationProbe(FileRoots roots, string detectVirt, TimeSpan patience, TimeProvider time)
{
    // What systemd-detect-virt calls containers (systemd-detect-virt(1)); everything else it names is a machine.
    private static readonly HashSet<string> Containers = new(StringComparer.Ordinal)
    {
        "openvz", "lxc", "lxc-libvirt", "systemd-nspawn", "docker", "podman", "rkt", "wsl", "proot", "pouch", "container-other",
    };

    // What hypervisors write into the firmware's table.
    private static readonly (string Vendor, string Name)[] Hypervisors =
    [
        ("QEMU", "qemu"), ("KVM", "kvm"), ("VMware", "vmware"), ("VMW", "vmware"), ("innotek GmbH", "oracle"), ("VirtualBox", "oracle"),
        ("Xen", "xen"), ("Bochs", "bochs"), ("Parallels", "parallels"), ("BHYVE", "bhyve"), ("Amazon EC2", "amazon"),
        ("OpenStack", "kvm"), ("Google", "google"), ("Microsoft Corporation Virtual Machine", "microsoft"),
    ];

    public async Task<(Virtualization Kind, string? Name)> LookAsync(CancellationToken cancellationToken)
    {
        if (await SystemTool.RunAsync(detectVirt, [], patience, time, cancellationToken) is { Output.Length: > 0 } told)
        {
            return Judge(told.Output);
        }

        return FromFiles();
    }

    private static (Virtualization Kind, string? Name) Judge(string word) =>
        word == "none" ? (Virtualization.None, null)
        : Containers.Contains(word) ? (Virtualization.Container, word)
        : (Virtualization.Machine, word);

    private (Virtualization Kind, string? Name) FromFiles()
    {
        if (SmallFile.Text(roots.InRun("systemd/container")) is { } container)
        {
            return (Virtualization.Container, container);
        }

        if (File.Exists(roots.InRun(".containerenv")))
        {
            return (Virtualization.Container, "podman");
        }

        string? vendor = SmallFile.Text(roots.InSys("class/dmi/id/sys_vendor"));
        string? product = SmallFile.Text(roots.InSys("class/dmi/id/product_name"));
        foreach ((string mark, string name) in Hypervisors)
        {
            if ($"{vendor} {product}".Contains(mark, StringComparison.OrdinalIgnoreCase))
            {
                return (Virtualization.Machine, name);
            }
        }

        if (SmallFile.Text(roots.InSys("hypervisor/type")) is { } hypervisor)
        {
            return (Virtualization.Machine, hypervisor);
        }

        return (vendor is null ? Virtualization.Unknown : Virtualization.None, null);
    }
}
