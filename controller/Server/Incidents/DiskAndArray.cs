using System.Text.Json;
using Dapper;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Arrays;
using HaiSoft.Controller.Rules.Disks;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Incidents;

/// <summary>
/// A failed disk and the array that it degrades are one incident: one part is replaced. Another disk of the same array is
/// another part, and another incident.
/// </summary>
internal static class DiskAndArray
{
    private const string OpenOf = """
        SELECT f.incident_number AS Incident, c.component_id AS ComponentId, c.facts AS Facts
        FROM findings f
        JOIN incidents i ON i.incident_number = f.incident_number
        JOIN components c ON c.server_id = f.server_id AND c.component_id = f.component_id
        WHERE f.server_id = @ServerId AND i.state <> 4 AND i.kind = 2 AND c.kind = @kind
        ORDER BY f.incident_number
        """;

    private const string HasDisk = """
        SELECT COUNT(*) FROM findings f JOIN components c ON c.server_id = f.server_id AND c.component_id = f.component_id
        WHERE f.incident_number = @incident AND c.kind = 1
        """;

    /// <summary>The open incident of the array's failed disk, or of the disk's degraded array; absent for none.</summary>
    public static Task<long?> FindOpenAsync(WriteSession session, FindingChange.Opened opened, CancellationToken cancellationToken) =>
        opened.Kind switch
        {
            ComponentKind.Array => OfDiskAsync(session, opened, cancellationToken),
            ComponentKind.Disk => OfArrayAsync(session, opened, cancellationToken),
            _ => Task.FromResult<long?>(null),
        };

    private static async Task<long?> OfDiskAsync(WriteSession session, FindingChange.Opened opened, CancellationToken cancellationToken)
    {
        if (Last<ArrayFacts>(opened.Facts) is not { } array)
            return null;
        IEnumerable<Open> disks = await QueryAsync(session, opened.ServerId, ComponentKind.Disk, cancellationToken);
        return disks.FirstOrDefault(open => Last<DiskFacts>(open.Facts) is { } disk && Lost(array, disk))?.Incident;
    }

    private static async Task<long?> OfArrayAsync(WriteSession session, FindingChange.Opened opened, CancellationToken cancellationToken)
    {
        if (Last<DiskFacts>(opened.Facts) is not { } disk)
            return null;
        foreach (Open open in await QueryAsync(session, opened.ServerId, ComponentKind.Array, cancellationToken))
        {
            if (Last<ArrayFacts>(open.Facts) is { } array && Lost(array, disk) && !await HasDiskAsync(session, open.Incident, cancellationToken))
                return open.Incident;
        }

        return null;
    }

    // The array has lost the member on this disk.
    private static bool Lost(ArrayFacts array, DiskFacts disk)
    {
        return array.Members.Any(m => m.State == ArrayMemberState.Faulty && IsOn(m, disk));
    }

    private static bool IsOn(ArrayMember member, DiskFacts disk) =>
        member.DiskSerial is { } serial
            ? serial == disk.Serial
            : Path.GetFileName(disk.Device) is { Length: > 0 } name && member.Device.StartsWith(name, StringComparison.Ordinal);

    private static Task<IEnumerable<Open>> QueryAsync(
        WriteSession session, string serverId, ComponentKind kind, CancellationToken cancellationToken) =>
        session.Connection.QueryAsync<Open>(new CommandDefinition(
            OpenOf, new { ServerId = serverId, kind = (int)kind }, session.Transaction, cancellationToken: cancellationToken));

    private static async Task<bool> HasDiskAsync(WriteSession session, long incident, CancellationToken cancellationToken) =>
        await session.Connection.QuerySingleAsync<long>(new CommandDefinition(
            HasDisk, new { incident }, session.Transaction, cancellationToken: cancellationToken)) > 0;

    private static T? Last<T>(string facts)
        where T : class =>
        facts.Length == 0 ? null : JsonSerializer.Deserialize<History<T>>(facts)?.Previous?.Facts;

    private sealed record Open(long Incident, string ComponentId, string Facts);
}
