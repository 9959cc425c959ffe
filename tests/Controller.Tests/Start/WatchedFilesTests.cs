using HaiSoft.Controller.Tests.Console;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Start;

/// <summary>A machine has few inotify instances, and many controllers run on one in tests.</summary>
public sealed class WatchedFilesTests
{
    [Fact]
    public async Task Neither_files_of_configuration_nor_of_pages_are_watched()
    {
        await using ConsoleHost host = new();

        FileConfigurationProvider[] files = [.. Files((IConfigurationRoot)host.Get<IConfiguration>())];

        files.ShouldNotBeEmpty();
        files.ShouldAllBe(file => !file.Source.ReloadOnChange);
        IFileProvider pages = host.Get<IWebHostEnvironment>().WebRootFileProvider;
        pages.GetFileInfo("css/console.css").Exists.ShouldBeTrue();
        pages.Watch("css/console.css").ShouldBeSameAs(NullChangeToken.Singleton);
    }

    private static IEnumerable<FileConfigurationProvider> Files(IConfigurationRoot configuration) => configuration.Providers.SelectMany(provider => provider switch
    {
        FileConfigurationProvider file => [file],
        ChainedConfigurationProvider { Configuration: IConfigurationRoot inner } => Files(inner),
        _ => [],
    });
}
