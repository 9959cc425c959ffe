using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Storage.Sqlite;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>The data folder is made, proven and held, or the start is refused.</summary>
public sealed class DataFolderTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData("/proc/haisoft")]
    [InlineData("/etc/passwd/haisoft")]
    public void A_folder_that_cannot_be_written_is_refused_with_words_that_say_what_to_do(string path)
    {
        StartRefusedException refused = Should.Throw<StartRefusedException>(() => Open(path));
        refused.ExitCode.ShouldBe(StartExitCode.DataFolder);
        refused.Message.ShouldContain(path);
        refused.Message.ShouldContain("--Controller:DataFolder");
    }

    [Fact]
    public void A_second_controller_on_the_same_folder_is_refused()
    {
        using ScratchFolder scratch = new();
        using DataFolder first = Open(scratch.Path);
        Should.Throw<StartRefusedException>(() => Open(scratch.Path)).Message.ShouldContain("Another controller");
    }

    [Fact]
    public void A_new_folder_belongs_to_its_owner_alone()
    {
        using ScratchFolder scratch = new();
        string path = Path.Combine(scratch.Path, "data");
        using DataFolder folder = Open(path);
        File.GetUnixFileMode(path).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_database_is_its_owners_alone_in_a_folder_that_others_may_read(bool wasThere)
    {
        using ScratchFolder scratch = new();
        File.SetUnixFileMode(scratch.Path, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        string file = scratch["controller.db"];
        if (wasThere)
        {
            await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);
            File.SetUnixFileMode(file, OwnerOnly | UnixFileMode.OtherRead);
        }

        await using DbConnection writer = await new SqliteEngine(file).OpenWriterAsync(TestContext.Current.CancellationToken);
        await writer.ExecuteAsync("CREATE TABLE secrets (secret TEXT)");
        foreach (string kept in (string[])[file, $"{file}-wal", $"{file}-shm"])
            File.GetUnixFileMode(kept).ShouldBe(OwnerOnly, kept);
    }

    private static DataFolder Open(string path) => new(Options.Create(new StoreOptions { DataFolder = path }));
}
