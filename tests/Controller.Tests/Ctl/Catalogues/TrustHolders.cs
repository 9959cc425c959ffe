using HaiSoft.Controller.Tests.Ctl.Trust;
using Shouldly;

namespace HaiSoft.Controller.Tests.Ctl.Catalogues;

/// <summary>Who signs roots and catalogues.</summary>
internal sealed class TrustHolders : IDisposable
{
    private readonly KeyHolders _holders = new();

    public void Dispose() => _holders.Dispose();

    /// <summary>The first root, signed by all who must.</summary>
    /// <returns>Its path.</returns>
    public Task<string> MakeRootAsync() => _holders.MakeRootAsync();

    /// <summary>The root that follows, for the same keys.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> MakeNextRootAsync(string root, string name)
    {
        string next = _holders.On("safe", name);
        (await KeyHolders.RunAsync("root", "rotate", root, "--out", next)).Code.ShouldBe(0);
        await _holders.SignAsync("alice", "root", next);
        await _holders.SignAsync("bruno", "root", next);
        return next;
    }

    /// <summary>A first catalogue.</summary>
    /// <param name="root">The root that delegates to its signers.</param>
    /// <param name="signers">Of "chloe" and "david", those who sign.</param>
    /// <returns>Its path.</returns>
    public async Task<string> MakeCatalogueAsync(string root, params string[] signers) =>
        await SealAsync(await _holders.MakeCatalogueTextAsync(), root, "catalogue.1", signers);

    /// <summary>The catalogue that follows.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> MakeNextCatalogueAsync(string root, string catalogue, string name)
    {
        string text = _holders.On("safe", name + ".json");
        (await KeyHolders.RunAsync("catalogue", "edit", catalogue, "--out", text)).Code.ShouldBe(0);
        return await SealAsync(text, root, name, "chloe", "david");
    }

    private async Task<string> SealAsync(string text, string root, string name, params string[] signers)
    {
        string catalogue = _holders.On("safe", name);
        (await _holders.SignAsync(signers[0], "catalogue", text, "--root", root, "--out", catalogue)).Code.ShouldBe(0);
        foreach (string signer in signers[1..])
            await _holders.SignAsync(signer, "catalogue", catalogue, "--root", root);
        return catalogue;
    }
}
