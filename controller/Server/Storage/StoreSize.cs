namespace HaiSoft.Controller.Storage;

/// <summary>How much room the database takes.</summary>
/// <param name="DatabaseBytes">The database.</param>
/// <param name="JournalBytes">What is committed and not yet in its place (SQLite's WAL); absent where the server keeps that to itself.</param>
internal readonly record struct StoreSize(long DatabaseBytes, long? JournalBytes);
