using HaiSoft.Controller.Storage;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>The data folder is made, proven and held, or the start is refused.</summary>
public sealed class DataFolderTests
{
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
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static DataFolder Open(string path) => new(Options.Create(new StoreOptions { DataFolder = path }));
}
