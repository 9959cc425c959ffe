using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace HaiSoft.Controller.Console;

/// <summary>Files that stay as they are while the controller runs: watching them would take one of the machine's few inotify instances.</summary>
internal sealed class UnwatchedFiles(IFileProvider files) : IFileProvider
{
    public IFileInfo GetFileInfo(string subpath) => files.GetFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
