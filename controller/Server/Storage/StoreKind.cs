namespace HaiSoft.Controller.Storage;

/// <summary>The databases that can hold the controller's state.</summary>
public enum StoreKind
{
    /// <summary>SQLite, embedded: a file in the data folder. The default.</summary>
    Sqlite = 1,

    /// <summary>PostgreSQL 14 or later.</summary>
    Postgres = 2,
}
