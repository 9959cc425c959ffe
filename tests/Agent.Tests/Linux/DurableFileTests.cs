using HaiSoft.Agent.Linux;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Linux;

/// <summary>Files that are whole at every instant.</summary>
public sealed class DurableFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DurableFile.Private)]
    [InlineData(DurableFile.Readable)]
    public void A_file_has_the_mode_that_was_asked_for_whatever_the_one_before_had(UnixFileMode mode)
    {
        string path = _folder.Write("file", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
        DurableFile.Replace(path, "new"u8, mode);
        File.ReadAllText(path).ShouldBe("new");
        File.GetUnixFileMode(path).ShouldBe(mode);
    }

    [Fact]
    public void Nothing_else_stays_in_the_folder()
    {
        DurableFile.Replace(_folder["file"], "new"u8, DurableFile.Private);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder["file"]]);
    }

    [Fact]
    public void What_a_crash_left_beside_it_is_no_obstacle()
    {
        string path = _folder.Write("file", "old");
        File.SetUnixFileMode(_folder.Write("file.new", "half of what was to co"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        DurableFile.Replace(path, "new"u8, DurableFile.Private);
        File.ReadAllText(path).ShouldBe("new");
        File.GetUnixFileMode(path).ShouldBe(DurableFile.Private);
        File.Exists(path + ".new").ShouldBeFalse();
    }

    [Fact]
    public async Task A_reader_sees_the_old_content_or_the_new_and_never_another()
    {
        string path = _folder["file"];
        byte[][] contents = [new byte[5000], [.. Enumerable.Repeat((byte)1, 7000)]];
        DurableFile.Replace(path, contents[0], DurableFile.Private);
        using CancellationTokenSource done = new();
        Task write = Task.Run(() =>
        {
            for (var i = 1; i <= 40; i++)
            {
                DurableFile.Replace(path, contents[i % 2], DurableFile.Private);
            }

            done.Cancel();
        });
        while (!done.IsCancellationRequested)
        {
            byte[] seen = File.ReadAllBytes(path);
            seen.AsSpan().SequenceEqual(contents[seen.Length == 5000 ? 0 : 1]).ShouldBeTrue();
        }

        await write;
    }

    [Fact]
    public void A_failure_leaves_what_was_there()
    {
        string path = _folder.Write("file", "old");
        Directory.CreateDirectory(path + ".new"); // where the temporary file should be made
        Should.Throw<Exception>(() => DurableFile.Replace(path, "new"u8, DurableFile.Private)).ShouldBeAssignableTo<SystemException>();
        File.ReadAllText(path).ShouldBe("old");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_with_its_name()
    {
        string missing = Path.Combine(_folder.Path, "missing");
        Should.Throw<IOException>(() => DurableFile.SyncFolder(missing)).Message.ShouldContain(missing);
    }

    [Fact]
    public async Task What_root_writes_in_another_users_folder_belongs_to_that_user()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can write for others; run the tests as root");
        (await Tool.RunAsync("chown", ["65534:65534", _folder.Path], TestContext.Current.CancellationToken)).Succeeded();
        DurableFile.Replace(_folder["file"], "new"u8, DurableFile.Private);
        LinuxCalls.OwnerOf(_folder["file"])!.Value.ShouldBe((65534u, 65534u));
    }

    [Fact]
    public void What_root_writes_in_its_own_folder_stays_its_own()
    {
        string path = _folder["file"];
        DurableFile.Replace(path, "new"u8, DurableFile.Private);
        LinuxCalls.OwnerOf(path)!.Value.User.ShouldBe(LinuxCalls.GetEffectiveUserId());
    }
}
