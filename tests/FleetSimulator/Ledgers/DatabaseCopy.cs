using Microsoft.Data.Sqlite;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>A copy of a controller's database, consistent whether the controller runs, has stopped or was killed; the original is only read.</summary>
internal sealed class DatabaseCopy : IDisposable
{
    private const string Name = "controller.db";

    private DatabaseCopy(string original)
    {
        Directory.CreateDirectory(Folder);
        using SqliteConnection source = new(new SqliteConnectionStringBuilder { DataSource = original, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        source.Open();
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, Name), Pooling = false }.ToString());
        Connection.Open();
        source.BackupDatabase(Connection);
    }

    public SqliteConnection Connection { get; }

    /// <summary>A data folder with nothing but the copy in it.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"haisoft-ledger-{Guid.NewGuid():N}");

    /// <summary>Copies the database of a data folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static DatabaseCopy Of(string dataFolder)
    {
        string original = Path.Combine(dataFolder, Name);
        return File.Exists(original)
            ? new DatabaseCopy(original)
            : throw new FileNotFoundException($"There is no controller.db in '{dataFolder}': name the controller's data folder.");
    }

    public void Dispose()
    {
        Connection.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
