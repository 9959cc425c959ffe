using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Tests.Ctl.Catalogues;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>What stands in the way of every order is told where technicians look first.</summary>
public sealed class TrustNoticeTests : IAsyncDisposable
{
    private const string InTheWay = "No operation can be signed or sent.";
    private readonly ConsoleHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/operations")]
    public async Task A_catalogue_without_this_controllers_key_is_told(string path)
    {
        using var alice = await _host.TechnicianAsync();
        (await alice.GetAsync(path)).Words.ShouldNotContain(InTheWay);

        await PublishForAnotherAsync(_host);

        var words = (await alice.GetAsync(path)).Words;
        words.ShouldContain(InTheWay);
        words.ShouldContain("does not list this controller's key");
    }

    /// <summary>A root, and a catalogue that lists another controller's key, both published.</summary>
    internal static async Task PublishForAnotherAsync(ConsoleHost host)
    {
        using var holders = new TrustHolders();
        var root = await holders.MakeRootAsync();
        var catalogue = await holders.MakeCatalogueAsync(root, "chloe", "david");
        var publishing = host.Get<CataloguePublishing>();
        (await publishing.PublishRootAsync(await File.ReadAllBytesAsync(root), "test", CancellationToken.None)).ShouldBeOfType<Publication.Done>();
        (await publishing.PublishCatalogueAsync(await File.ReadAllBytesAsync(catalogue), "test", CancellationToken.None)).ShouldBeOfType<Publication.Done>();
    }
}
