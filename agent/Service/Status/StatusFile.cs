using System.Text.Json;
using System.Text.Json.Serialization;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Status;

/// <summary>How the daemon is, as it writes it down for <c>haisoft-agent status</c>. Holds no secret.</summary>
/// <param name="WrittenTime">When this was written; an old one means that the daemon does not run.</param>
/// <param name="ProcessId">The daemon's.</param>
/// <param name="Version">The daemon's.</param>
/// <param name="Server">The server's name in the records; absent before enrolment.</param>
/// <param name="AgentId">Absent before enrolment.</param>
/// <param name="Controller">Absent before enrolment.</param>
/// <param name="CertificateExpiryTime">By the controller's clock; absent before enrolment.</param>
/// <param name="ConnectedSince">Absent while there is no connection.</param>
/// <param name="LastError">Why the last connection failed; absent when it did not.</param>
/// <param name="LastErrorTime">When that was.</param>
/// <param name="ClockOffsetSeconds">The controller's clock minus this server's.</param>
/// <param name="SpoolBacklogCount">Reports that the controller does not hold yet.</param>
/// <param name="SpoolBytes">What the spool takes.</param>
/// <param name="ServicesCount">Services that are checked.</param>
/// <param name="Trust">What orders are verified by; absent before the helper told it.</param>
/// <param name="Faults">Parts that do not do their work, and why.</param>
internal sealed record StatusFile(
    DateTimeOffset WrittenTime,
    int ProcessId,
    string Version,
    string? Server = null,
    string? AgentId = null,
    string? Controller = null,
    DateTimeOffset? CertificateExpiryTime = null,
    DateTimeOffset? ConnectedSince = null,
    string? LastError = null,
    DateTimeOffset? LastErrorTime = null,
    double ClockOffsetSeconds = 0,
    long SpoolBacklogCount = 0,
    long SpoolBytes = 0,
    int ServicesCount = 0,
    TrustStatus? Trust = null,
    IReadOnlyDictionary<string, string>? Faults = null)
{
    public const string Name = "status.json";

    /// <summary>
    /// Where it is: in systemd's runtime folder if there is one, else in the state folder. Readers look in both.
    /// </summary>
    public static string PathToWrite(StateFolder state)
    {
        string? runtime = Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY")?.Split(':')[0];
        return Path.Combine(string.IsNullOrEmpty(runtime) ? state.Path : runtime, Name);
    }

    /// <summary>The newest that is there; <c>null</c> when none can be read.</summary>
    public static StatusFile? Find(StateFolder state)
    {
        StatusFile? newest = null;
        foreach (string path in (ReadOnlySpan<string>)[state[Name], Path.Combine("/run/haisoft-agent", Name)])
        {
            if (TryRead(path) is { } status && (newest is null || status.WrittenTime > newest.WrittenTime))
            {
                newest = status;
            }
        }

        return newest;
    }

    /// <summary>Writes it. It is not worth an fsync: what counts is the daemon that runs.</summary>
    public void Write(string path)
    {
        string temporary = path + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, StatusJson.Default.StatusFile));
        File.SetUnixFileMode(temporary, DurableFile.Readable);
        File.Move(temporary, path, overwrite: true);
    }

    private static StatusFile? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), StatusJson.Default.StatusFile) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The status file's format.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusFile))]
internal sealed partial class StatusJson : JsonSerializerContext;
