using System.Data.Common;
using System.Globalization;
using System.Reflection;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Recovery;

/// <summary>
/// <c>haisoft-controller backup --to FILE|FOLDER</c>: copies the database and the keys into one file while the controller runs. A
/// PostgreSQL database is left to pg_dump, whose command line is told.
/// </summary>
internal static class BackupVerb
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task RunAsync(IServiceProvider services, string to, CancellationToken cancellationToken)
    {
        StoreOptions options = services.GetRequiredService<IOptions<StoreOptions>>().Value;
        StoreEngine engine = services.GetRequiredService<StoreConnections>().Engine;
        string ca = RevocationsOnDisk.CaOf(options.DataFolder)
            ?? throw Refuse($"There is nothing in {options.DataFolder} to back up: name the controller's data folder with --Controller:DataFolder=PATH.");
        DateTimeOffset now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        string target = TargetOf(to, now);
        string partial = $"{target}.partial";
        string copy = $"{target}.database.partial";
        try
        {
            Make(copy);
            string? otherwise = await engine.CopyAsync(copy, cancellationToken);
            BackupManifest manifest = await DescribeAsync(options, otherwise is null ? copy : null, ca, now, cancellationToken);
            await using (FileStream archive = Make(partial))
            {
                await BackupArchive.WriteAsync(archive, manifest, name => name == KeptFiles.Database ? copy : Path.Combine(options.DataFolder, name), cancellationToken);
                archive.Flush(flushToDisk: true);
            }

            File.Move(partial, target);
            PrivateFile.FlushFolder(Path.GetDirectoryName(target)!);
            await TellAsync(target, manifest, otherwise);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or DbException)
        {
            throw new StartRefusedException(
                $"No backup was made: {e.Message} Name a folder with enough room that this user may write (--to PATH).", StartExitCode.DataFolder, e);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(partial);
        }
    }

    private static string TargetOf(string to, DateTimeOffset now)
    {
        string path = Path.GetFullPath(to);
        if (to.EndsWith('/') || Directory.Exists(path))
            path = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"haisoft-controller-{now:yyyyMMdd'T'HHmmss'Z'}.tar"));
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw Refuse($"There is no folder {Path.GetDirectoryName(path)}: make it first, or name another one (--to PATH).");
        return File.Exists(path) ? throw Refuse($"{path} is there already and is not overwritten: name another file, or a folder.") : path;
    }

    private static async Task<BackupManifest> DescribeAsync(
        StoreOptions options, string? copy, string ca, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<BackedUpFile> files = copy is null ? [] : [await BackupArchive.DescribeAsync(KeptFiles.Database, copy, cancellationToken)];
        foreach (string name in KeptFiles.In(options.DataFolder))
            files.Add(await BackupArchive.DescribeAsync(name, Path.Combine(options.DataFolder, name), cancellationToken));
        string program = typeof(BackupVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return new(
            BackupManifest.CurrentFormat,
            now,
            program,
            options.StoreName,
            ca,
            RevocationsOnDisk.Of(options.DataFolder, ca),
            files);
    }

    private static async Task TellAsync(string target, BackupManifest manifest, string? otherwise)
    {
        TextWriter output = System.Console.Out;
        await output.WriteLineAsync(
            $"{target} has {(otherwise is null ? "the database and " : "")}the keys of this controller as of {manifest.MadeTime:u} "
            + $"({manifest.Files.Sum(file => file.Bytes)} bytes, mode 0600). Who has it can pretend to be this controller: keep it as safe as the data folder.");
        await output.WriteLineAsync(
            "Not in it: revocations.log, which a restore must never set back. Keep a copy elsewhere that is always the newest.");
        if (otherwise is not null)
            await output.WriteLineAsync(otherwise);
    }

    private static FileStream Make(string path)
    {
        File.Delete(path);
        return new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
    }

    private static StartRefusedException Refuse(string message) => new(message, StartExitCode.DataFolder, cause: null);
}
