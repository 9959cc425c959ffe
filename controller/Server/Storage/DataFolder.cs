using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Storage;

/// <summary>The folder that holds all of this controller's state; one running controller at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string UnfinishedRestore = "restore.unfinished";
    private readonly FileStream _lock;

    /// <summary>Makes the folder if need be, proves that it can be written, and holds it for this process.</summary>
    /// <exception cref="StartRefusedException">It cannot be made or written, another controller holds it, or it is half restored.</exception>
    public DataFolder(IOptions<StoreOptions> options)
        : this(options.Value.DataFolder) => RefuseHalfRestored();

    private DataFolder(string root)
    {
        Root = root;
        Make();
        _lock = Hold();
    }

    /// <summary>The folder's path.</summary>
    public string Root { get; }

    /// <summary>The path of a file or folder in it.</summary>
    public string At(string name) => Path.Combine(Root, name);

    /// <summary>The same for restoring into it, which mends what a restore before left behind.</summary>
    internal static DataFolder ForRestore(StoreOptions options) => new(options.DataFolder);

    /// <summary>From now on no controller starts on this folder.</summary>
    internal void BeginRestore() => PrivateFile.Write(At(UnfinishedRestore), "haisoft-controller restore\n"u8);

    /// <summary>The folder is whole again.</summary>
    internal void EndRestore()
    {
        File.Delete(At(UnfinishedRestore));
        PrivateFile.FlushFolder(Root);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private void Make()
    {
        try
        {
            if (!Directory.Exists(Root))
                Directory.CreateDirectory(Root, OwnerOnly);
            string probe = At($".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The data folder {Root} cannot be written ({e.Message}). Make it and give it to the user that runs the controller "
                + "(chown), free some space, or name another one with --Controller:DataFolder=PATH.",
                StartExitCode.DataFolder,
                e);
        }
    }

    // Half a restore must not be taken for a first start: that would make new keys.
    private void RefuseHalfRestored()
    {
        if (!File.Exists(At(UnfinishedRestore)))
            return;
        _lock.Dispose();
        throw new StartRefusedException(
            $"A restore into {Root} was cut short. Do it again: haisoft-controller restore --from FILE --replace. What was there before lies in "
            + $"{At("replaced-…")}.",
            StartExitCode.DataFolder,
            cause: null);
    }

    private FileStream Hold()
    {
        try
        {
            return new FileStream(At("controller.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"Another controller uses the data folder {Root} ({e.Message}). Stop it first, or name another folder with "
                + "--Controller:DataFolder=PATH.",
                StartExitCode.DataFolder,
                e);
        }
    }
}
