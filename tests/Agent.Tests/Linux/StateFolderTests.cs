using HaiSoft.Agent.Linux;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Linux;

/// <summary>Where the agent keeps what outlives it.</summary>
public sealed class StateFolderTests
{
    [Theory]
    [InlineData("/srv/state", "/var/lib/other", "/srv/state")]
    [InlineData(null, "/var/lib/one:/var/lib/two", "/var/lib/one")]
    [InlineData("", "", "/var/lib/haisoft-agent")]
    [InlineData(null, null, "/var/lib/haisoft-agent")]
    [InlineData("/srv/../srv/state/", null, "/srv/state/")]
    public void It_is_what_was_asked_for_then_systemds_then_the_default(string? asked, string? systemds, string path) =>
        StateFolder.Of(asked, systemds).Path.ShouldBe(path);

    [Fact]
    public void It_is_made_for_its_owner_alone()
    {
        using ScratchFolder scratch = new();
        StateFolder folder = new(Path.Combine(scratch.Path, "a", "state"));
        folder.Prepare();
        File.GetUnixFileMode(folder.Path).ShouldBe(DurableFile.Private | UnixFileMode.UserExecute);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
        folder.Prepare();
    }

    [Fact]
    public void A_file_in_its_place_is_told()
    {
        using ScratchFolder scratch = new();
        StateFolder folder = new(scratch.Write("state", ""));
        Should.Throw<IOException>(folder.Prepare);
    }
}
