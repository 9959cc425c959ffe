using System.Data.Common;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Recovery;

/// <summary>
/// <c>haisoft-controller restore --from FILE [--replace]</c>: brings a backup back into the data folder. Everything is unpacked,
/// verified and brought to this version's schema beside what is there; only then it takes its place, and what was there is kept in a
/// folder of its own. The log of revocations stays as it is (DESIGN 4).
/// </summary>
internal static class RestoreVerb
{
    private const string Staged = "restore.staged";

    public static async Task RunAsync(IServiceProvider services, string from, bool replace, CancellationToken cancellationToken)
    {
        StoreOptions options = services.GetRequiredService<IOptions<StoreOptions>>().Value;
        using DataFolder folder = DataFolder.ForRestore(options);
        RefuseOverwriting(folder, replace);
        string staged = folder.At(Staged);
        Remove(staged);
        try
        {
            Directory.CreateDirectory(staged, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            BackupManifest backup = await UnpackAsync(from, staged, options, cancellationToken);
            TimeProvider time = services.GetRequiredService<TimeProvider>();
            if (backup.Store == "sqlite")
                await StagedDatabase.PrepareAsync(staged, backup, time, services.GetRequiredService<ILogger<Migrator>>(), cancellationToken);
            string doubt = RevocationsOnDisk.Doubt(folder.Root, backup);
            string? aside = folder.Replace(staged, time.GetUtcNow());
            if (doubt.Length > 0)
                UnconfirmedRevocations.Mark(folder, doubt);
            folder.EndRestore();
            await TellAsync(backup, aside, doubt);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or DbException)
        {
            throw Refuse($"{from} was not restored: {e.Message}.", e);
        }
        finally
        {
            Remove(staged);
        }
    }

    private static void RefuseOverwriting(DataFolder folder, bool replace)
    {
        if (!replace && KeptFiles.ReplacedIn(folder.Root).ToArray() is { Length: > 0 } there)
        {
            throw Refuse(
                $"{folder.Root} holds a controller already ({string.Join(", ", there)}). Restore into another folder (--Controller:DataFolder=PATH), "
                + "or say --replace: what is there is moved aside, not removed.",
                cause: null);
        }
    }

    private static async Task<BackupManifest> UnpackAsync(string from, string staged, StoreOptions options, CancellationToken cancellationToken)
    {
        await using FileStream archive = File.OpenRead(from);
        BackupManifest backup = await BackupArchive.ReadAsync(archive, staged, cancellationToken);
        return backup.Store == options.StoreName
            ? backup
            : throw new InvalidDataException($"it was made with Controller:Store={backup.Store}, and Controller:Store is {options.StoreName}");
    }

    private static async Task TellAsync(BackupManifest backup, string? aside, string doubt)
    {
        TextWriter output = System.Console.Out;
        await output.WriteLineAsync($"Restored what was backed up at {backup.MadeTime:u}.{(aside is null ? "" : $" What was there before lies in {aside}.")}");
        if (backup.Store != "sqlite")
            await output.WriteLineAsync("The database is not in this backup: bring it back with pg_restore, into an empty database, before the controller starts.");
        if (doubt.Length > 0)
            await output.WriteLineAsync($"{doubt} The list of revoked identities is unconfirmed: the controller's log says what to do.");
        await output.WriteLineAsync(
            "Start the controller. Agents send again by themselves what came after the backup: they keep acknowledged reports for 24 hours, findings "
            + "for 7 days. Servers added and agents enrolled after it must be added and enrolled again; what technicians did after it is lost.");
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static StartRefusedException Refuse(string message, Exception? cause) => new(message, StartExitCode.DataFolder, cause);
}
