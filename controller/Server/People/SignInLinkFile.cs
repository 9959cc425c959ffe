using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>The link that was made last, in DataFolder/sign-in-link, mode 0600, until it is used.</summary>
internal sealed class SignInLinkFile(IOptions<StoreOptions> store)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path => System.IO.Path.Combine(store.Value.DataFolder, "sign-in-link");

    /// <summary>Writes it to a file beside, then renames it.</summary>
    public void Write(string address)
    {
        var beside = $"{Path}.{Environment.ProcessId}.tmp";
        File.Delete(beside);
        using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine(address);
        }

        File.Move(beside, Path, overwrite: true);
    }

    public void Remove() => File.Delete(Path);
}
