using HaiSoft.Controller.Tests.Console;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Start;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task No_file_of_it_is_watched()
    {
        await using ConsoleHost host = new();

        FileConfigurationProvider[] files = [.. Files((IConfigurationRoot)host.Get<IConfiguration>())];

        files.ShouldNotBeEmpty();
        files.ShouldAllBe(file => !file.Source.ReloadOnChange);
    }

    private static IEnumerable<FileConfigurationProvider> Files(IConfigurationRoot configuration) => configuration.Providers.SelectMany(provider => provider switch
    {
        FileConfigurationProvider file => [file],
        ChainedConfigurationProvider { Configuration: IConfigurationRoot inner } => Files(inner),
        _ => [],
    });
}
