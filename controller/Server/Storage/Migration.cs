using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace HaiSoft.Controller.Storage;

/// <summary>One step of the schema: an SQL file that is part of the program.</summary>
/// <param name="Number">Its place in the order; unique.</param>
/// <param name="Name">The file's name without its suffix: "0001_core".</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the statements, in hexadecimal.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>All that this program knows for a database, in order.</summary>
    public static IReadOnlyList<Migration> Known(StoreEngine engine)
    {
        string prefix = $"Migrations.{engine.MigrationFolder}.";
        Assembly assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
            .Select(resource => Read(assembly, resource, resource[prefix.Length..^".sql".Length]))
            .OrderBy(migration => migration.Number)];
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
        return new(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
