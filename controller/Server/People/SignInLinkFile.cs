using System.Text;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>The link that was made last, in DataFolder/sign-in-link, mode 0600, until it is used.</summary>
internal sealed class SignInLinkFile(IOptions<StoreOptions> store)
{
    public string Path => System.IO.Path.Combine(store.Value.DataFolder, "sign-in-link");

    /// <summary>Puts the newest link there.</summary>
    public void Write(string address) => PrivateFile.Write(Path, Encoding.ASCII.GetBytes($"{address}\n"));

    public void Remove() => File.Delete(Path);
}
