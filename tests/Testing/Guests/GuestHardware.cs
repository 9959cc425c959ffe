using System.Globalization;
using HaiSoft.Testing.Files;

namespace HaiSoft.Testing.Guests;

/// <summary>The hardware of a guest, as QEMU is told of it, and what its disks say of themselves.</summary>
internal static class GuestHardware
{
    internal const string NvmeId = "nvme0";
    internal const string NvmeSerial = "HAISOFTNVME1";
    internal const string SataModel = "HAISOFT-SATA";

    private const long DiskBytes = 64L << 20;

    /// <summary>Emulated unless HAISOFT_TEST_KVM=1 says that KVM works here: a /dev/kvm that is there proves nothing.</summary>
    private static bool Accelerated => Environment.GetEnvironmentVariable("HAISOFT_TEST_KVM") == "1";

    /// <summary>Everything after the program's name.</summary>
    internal static string[] Arguments(GuestImage image, ScratchFolder state, string tap, string address, int number) =>
    [
        .. Accelerated ? new[] { "-accel", "kvm", "-cpu", "host" } : ["-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max"],
        "-M", "q35", "-smp", "2", "-m", "1024", "-display", "none", "-nodefaults", "-no-reboot",
        "-kernel", image.Kernel, "-initrd", image.Initrd,
        "-append", "root=/dev/vda rw console=ttyS0 quiet net.ifnames=0 mitigations=off tsc=reliable no_timer_check random.trust_cpu=on "
            + $"audit=0 apparmor=0 noresume raid=noautodetect nmi_watchdog=0 haisoft.ip={address}/24",
        "-serial", $"file:{state["serial.log"]}",
        "-qmp", $"unix:{state["qmp"]},server=on,wait=off",
        "-chardev", $"socket,path={state["agent"]},server=on,wait=off,id=agent", "-device", "virtio-serial", "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
        "-drive", $"file={image.Root},if=virtio,format=raw,snapshot=on,cache=unsafe",
        "-netdev", $"tap,id=net0,ifname={tap},script=no,downscript=no",
        "-device", string.Create(CultureInfo.InvariantCulture, $"virtio-net-pci,netdev=net0,romfile=,mac=52:54:00:00:00:{number & 255:x2}"),
        "-virtfs", $"local,path={Directory.CreateDirectory(state["share"]).FullName},mount_tag=host,security_model=none,readonly=on",
        "-device", "pcie-root-port,id=slot1,chassis=1,slot=1",
        "-drive", $"file={Disk(state, "nvme")},if=none,id=nvmedisk,format=raw", "-device", $"nvme,id={NvmeId},bus=slot1,drive=nvmedisk,serial={NvmeSerial}",
        "-drive", $"file={Disk(state, "sata0")},if=none,id=sata0,format=raw", "-device", Sata(0),
        "-drive", $"file={Disk(state, "sata1")},if=none,id=sata1,format=raw", "-device", Sata(1),
    ];

    private static string Sata(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"ide-hd,drive=sata{number},bus=ide.{number},serial=HAISOFTSATA{number},wwn=0x5000c5000000000{number + 1},model={SataModel}");

    private static string Disk(ScratchFolder state, string name)
    {
        using var disk = File.Create(state[name + ".img"]);
        disk.SetLength(DiskBytes);
        return disk.Name;
    }
}
