using HaiSoft.Controller.Tests.Ctl.Trust;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.V1;
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

    /// <summary>A first catalogue that lists a running controller's key, signed by all who must.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> MakeCatalogueAsync(string root, CommandLine controller)
    {
        string key = _holders.On("safe", "controller.pub");
        CommandLine.Printed written = await controller.RunAsync("catalogue", "controller-key", "--out", key);
        written.Code.ShouldBe(0, written.Error);
        return await SealAsync(await _holders.MakeCatalogueTextAsync(controller: key), root, "catalogue.1", "chloe", "david");
    }

    /// <summary>What makes a command sign with a holder's key.</summary>
    public string[] KeyOf(string holder) => _holders.KeyOf(holder);

    /// <summary>The catalogue that follows.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> MakeNextCatalogueAsync(string root, string catalogue, string name, Action<Catalogue>? edit = null)
    {
        string text = _holders.On("safe", name + ".json");
        (await KeyHolders.RunAsync("catalogue", "edit", catalogue, "--out", text)).Code.ShouldBe(0);
        if (edit is not null)
        {
            Catalogue content = CatalogueText.Read(new FileInfo(text));
            edit(content);
            await File.WriteAllTextAsync(text, CatalogueText.Write(content));
        }

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
