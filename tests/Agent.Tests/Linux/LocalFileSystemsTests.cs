using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.FileSystems;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Linux;

/// <summary>Which file systems count, once for measurements and checks alike.</summary>
public sealed class LocalFileSystemsTests
{
    private const string Table = """
        22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
        23 22 0:21 / /proc rw,nosuid - proc proc rw
        25 22 8:2 /sub /mnt/again/deeper rw,relatime - xfs /dev/sda2 ro
        24 22 8:2 / /srv/shop\040data rw,relatime shared:2 - xfs /dev/sda2 ro
        26 22 7:0 / /snap/core ro,nodev - squashfs /dev/loop0 ro
        27 22 8:3 / /hardened ro,relatime - ext4 /dev/sda3 rw
        """;

    [Fact]
    public void Each_device_counts_once_at_the_place_that_is_highest_up() =>
        MountTable.Parse(Table).Select(mount => (mount.MountPoint, mount.ReadOnly)).ShouldBe([("/", false), ("/hardened", false), ("/srv/shop data", true)]);

    [Fact]
    public void The_root_of_a_container_counts_whatever_it_is() =>
        MountTable.Parse("30 1 0:44 / / rw - overlay overlay rw,lowerdir=/x\n").ShouldHaveSingleItem().Type.ShouldBe("overlay");

    [Theory]
    [InlineData(@"/a\040b\011c\134d", "/a b\tc\\d")]
    [InlineData(@"/caf\303\251", "/café")]
    [InlineData(@"/ends\04", @"/ends\04")]
    [InlineData(@"/no\9octal", @"/no\9octal")]
    public void Escaped_places_are_read_as_they_are(string written, string meant) =>
        MountTable.Parse($"30 1 8:1 / {written} rw - ext4 /dev/sda1 rw\n").ShouldHaveSingleItem().MountPoint.ShouldBe(meant);

    [Theory]
    [InlineData("")]
    [InlineData("30 1 8:1 / / rw - ext4\n")]
    [InlineData("- - - - -\n")]
    public void What_is_no_table_holds_no_file_system(string text) => MountTable.Parse(text).ShouldBeEmpty();

    [Fact]
    public void They_are_read_with_the_table_that_says_how_they_should_be()
    {
        using ScratchFolder folder = new();
        folder.Write("proc/self/mountinfo", Table);
        folder.Write("etc/fstab", "/dev/sda1 / ext4 errors=remount-ro 0 1\n# a remark\n/dev/sda2 /srv/shop\\040data xfs defaults 0 2\n/dev/sda3 /hardened ext4 noatime,ro 0 2\n");

        LocalFileSystems.Read(FileRoots.Below(folder.Path)).ShouldBe(
        [
            new LocalFileSystems.FileSystem("/", IsReadOnly: false, ShouldBeWritable: true),
            new LocalFileSystems.FileSystem("/hardened", IsReadOnly: false, ShouldBeWritable: false),
            new LocalFileSystems.FileSystem("/srv/shop data", IsReadOnly: true, ShouldBeWritable: true),
        ]);
    }

    [Fact]
    public void Single_files_that_a_container_is_given_do_not_count()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("resolv.conf", "");
        folder.Write("proc/self/mountinfo", $"30 1 8:1 / {file} rw - ext4 /dev/sda1 rw\n");
        LocalFileSystems.Read(FileRoots.Below(folder.Path)).ShouldBeEmpty();
    }
}
