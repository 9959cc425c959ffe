using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Inventory;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Tests.Helper;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Inventory;

public sealed class InventoryReaderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ScratchFolder _machine = new();
    private readonly AgentClock _clock = new(new SettableTime(), () => TimeSpan.FromHours(1), "boot");

    public void Dispose() => _machine.Dispose();

    private FileRoots Roots => FileRoots.Below(_machine.Path);

    private VirtualizationProbe Virtual(string tool) => new(Roots, tool, Patience, TimeProvider.System);

    private PackageProbe Packages => new(Roots, _machine.Path, Patience, TimeProvider.System);

    private Task<MachineInventory> ReadAsync() => new InventoryReader(
        Roots, new HelperClient(_machine["none.sock"], Patience, _clock), Virtual("/nonexistent"), Packages, new LibraryFacts(Patience, TimeProvider.System), _clock)
        .ReadAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task What_the_machine_tells_is_there_and_the_rest_is_absent()
    {
        _machine.Write("etc/os-release", "NAME=\"AlmaLinux\"\nID=\"almalinux\"\nVERSION_ID=\"9.4\"\nPRETTY_NAME=\"AlmaLinux 9.4 (\\\"Seafoam\\\")\"\n");
        _machine.Write("proc/cpuinfo", "processor\t: 0\nmodel name\t: ACME 9000\nphysical id\t: 0\n\nprocessor\t: 1\nmodel name\t: ACME 9000\nphysical id\t: 1\n");
        _machine.Write("proc/meminfo", "MemTotal:       16384000 kB\n");
        _machine.Write("sys/class/dmi/id/board_vendor", "Default string\n");
        _machine.Write("sys/class/dmi/id/sys_vendor", "ACME Inc.\n");
        _machine.Write("sys/block/sda/device/model", "Spinner 4T\n");
        _machine.Write("sys/block/sda/size", "7814037168\n");
        _machine.Write("sys/block/loop0/size", "8\n");
        _machine.Write("usr/bin/dnf", "");
        var inventory = await ReadAsync();
        inventory.ShouldSatisfyAllConditions(
            i => i.OsName.ShouldBe("AlmaLinux 9.4 (\"Seafoam\")"),
            i => (i.OsId, i.OsVersion).ShouldBe(("almalinux", "9.4")),
            i => (i.CpuModel, i.CpuCount, i.CpuSocketCount).ShouldBe(("ACME 9000", 2, 2)),
            i => i.MemoryBytes.ShouldBe(16384000L * 1024),
            i => i.BoardVendor.ShouldBe("ACME Inc."),
            i => i.PackageManager.ShouldBe(PackageManager.Dnf),
            i => i.Disks.ShouldHaveSingleItem().CapacityBytes.ShouldBe(7814037168L * 512),
            i => i.Disks[0].Serial.ShouldBeNull(),
            i => i.Virtualization.ShouldBe(Virtualization.None),
            i => i.MemoryModules.ShouldBeEmpty());
        inventory.SameAs(await ReadAsync()).ShouldBeTrue();
        inventory.SameAs(inventory with { Disks = [] }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("none", Virtualization.None, null)]
    [InlineData("kvm", Virtualization.Machine, "kvm")]
    [InlineData("systemd-nspawn", Virtualization.Container, "systemd-nspawn")]
    public async Task Systemds_word_decides_where_it_is_installed(string word, Virtualization kind, string? name)
    {
        var tool = FakeTool.Write(_machine, "systemd-detect-virt", $"echo {word}; [ {word} != none ]");
        (await Virtual(tool).LookAsync(TestContext.Current.CancellationToken)).ShouldBe((kind, name));
    }

    [Fact]
    public async Task Without_systemd_the_files_tell()
    {
        (await Virtual("/nonexistent").LookAsync(TestContext.Current.CancellationToken)).Kind.ShouldBe(Virtualization.Unknown);
        _machine.Write("sys/class/dmi/id/sys_vendor", "QEMU\n");
        (await Virtual("/nonexistent").LookAsync(TestContext.Current.CancellationToken)).ShouldBe((Virtualization.Machine, "qemu"));
        _machine.Write("run/systemd/container", "systemd-nspawn\n");
        (await Virtual("/nonexistent").LookAsync(TestContext.Current.CancellationToken)).ShouldBe((Virtualization.Container, "systemd-nspawn"));
    }

    [Fact]
    public async Task A_reboot_is_needed_when_a_newer_kernel_is_installed_or_the_system_says_so()
    {
        async Task<bool?> Needed(PackageManager manager) => await Packages.RebootNeededAsync(manager, ownKernel: true, TestContext.Current.CancellationToken);
        (await Needed(PackageManager.Apt)).ShouldBeNull();
        _machine.Write("proc/sys/kernel/osrelease", "6.1.0-9-amd64\n");
        Directory.CreateDirectory(_machine["lib", "modules", "6.1.0-9-amd64"]);
        Directory.CreateDirectory(_machine["lib", "modules", "6.1.0-10-rt"]);
        (await Needed(PackageManager.Apt)).ShouldBe(false);
        Directory.CreateDirectory(_machine["lib", "modules", "6.1.0-10-amd64"]);
        (await Needed(PackageManager.Apt)).ShouldBe(true);
        (await Packages.RebootNeededAsync(PackageManager.Apt, ownKernel: false, TestContext.Current.CancellationToken)).ShouldBeNull();
        FakeTool.Write(_machine, "usr/bin/needs-restarting", "exit 0\n");
        (await Needed(PackageManager.Dnf)).ShouldBe(false);
        _machine.Write("run/reboot-required", "");
        (await Needed(PackageManager.Dnf)).ShouldBe(true);
    }

    [Fact]
    public async Task This_machine_has_an_inventory()
    {
        var clock = AgentClock.OfHost(FileRoots.System);
        var inventory = await new InventoryReader(
            FileRoots.System,
            new HelperClient(_machine["none.sock"], Patience, clock),
            new VirtualizationProbe(FileRoots.System, "/usr/bin/systemd-detect-virt", Patience, TimeProvider.System),
            new PackageProbe(FileRoots.System, "/", Patience, TimeProvider.System),
            new LibraryFacts(Patience, TimeProvider.System),
            clock).ReadAsync(TestContext.Current.CancellationToken);
        inventory.HostName.ShouldNotBeEmpty();
        inventory.CpuCount!.Value.ShouldBeGreaterThan(0);
        inventory.MemoryBytes!.Value.ShouldBeGreaterThan(1 << 26);
        inventory.KernelRelease.ShouldNotBeNull();
        inventory.BootTime.ShouldNotBeNull();
    }
}
