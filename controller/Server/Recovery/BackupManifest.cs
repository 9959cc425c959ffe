using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaiSoft.Controller.Recovery;

/// <summary>What a backup is, its first entry: <c>backup.json</c>.</summary>
/// <param name="Format">1.</param>
/// <param name="MadeTime">When it was begun. What agents reported later is not in it.</param>
/// <param name="Program">The version of the program that made it.</param>
/// <param name="Store">"sqlite": the database is in it. "postgres": it is not, pg_dump makes its backup.</param>
/// <param name="CaSha256">SHA-256 of the CA's certificate: which controller it is of.</param>
/// <param name="Revocations">How far the log of revocations was; the log itself is not in it (DESIGN 4).</param>
/// <param name="Files">The other entries, in order.</param>
internal sealed record BackupManifest(
    int Format,
    DateTimeOffset MadeTime,
    string Program,
    string Store,
    string CaSha256,
    RevocationsReference Revocations,
    IReadOnlyList<BackedUpFile> Files)
{
    /// <summary>The entry's name.</summary>
    public const string Name = "backup.json";

    /// <summary>The only format there is.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is none, or one of a later format.</exception>
    public static BackupManifest Read(Stream content)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(content, Json) switch
            {
                { Format: CurrentFormat } manifest => manifest,
                { Format: var later } => throw new InvalidDataException($"it has the format {later}, which this version does not know"),
                null => throw new InvalidDataException($"its {Name} is empty"),
            };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"its {Name} cannot be read ({e.Message})", e);
        }
    }
}

/// <summary>How far a log of revocations was.</summary>
/// <param name="Count">Revocations in it.</param>
/// <param name="Head">The hash of the last, in hexadecimal; the CA's when there was none.</param>
internal sealed record RevocationsReference(int Count, string Head);

/// <summary>A file of the data folder in a backup.</summary>
/// <param name="Name">Below the data folder: "ca/ca.key".</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its content, in hexadecimal.</param>
internal sealed record BackedUpFile(string Name, long Bytes, string Sha256);
