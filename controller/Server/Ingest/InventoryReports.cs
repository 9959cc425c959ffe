using System.Text.Json;
using Dapper;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes inventories in. What the server looks like can only disagree with its record, never change it (SLA 4.5).</summary>
internal static class InventoryReports
{
    // Records of a spool come in order: the last one holds, whatever its stream's Hello made of its time.
    private const string Upsert = """
        INSERT INTO inventories (server_id, observed_time, inventory) VALUES (@serverId, @observedTime, @json)
        ON CONFLICT (server_id) DO UPDATE SET observed_time = excluded.observed_time, inventory = excluded.inventory
        """;

    public static async Task TakeAsync(
        WriteSession session,
        string serverId,
        ServerRecord record,
        Inventory inventory,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        ServerInventory seen = InventoryMapping.Map(inventory);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Upsert,
            new { serverId, observedTime = at.ToUnixMicroseconds(), json = JsonSerializer.Serialize(seen) },
            session.Transaction,
            cancellationToken: cancellationToken));
        ServerWarnings.SetOrClear(session, serverId, ServerWarnings.Kind, Disagreement(record, seen));
        ServerWarnings.SetOrClear(
            session, serverId, ServerWarnings.Reboot, seen.RebootNeeded == true ? "An installed update waits for a reboot" : null);
    }

    private static string? Disagreement(ServerRecord record, ServerInventory seen) => (record.Dedicated, seen.SeenAs) switch
    {
        (true, SeenAs.VirtualMachine or SeenAs.Container) =>
            $"The record says dedicated; the agent sees {Words(seen)}. The record decides; correct it if it is wrong",
        (false, SeenAs.Machine) => "The record says virtual; the agent sees a machine of its own. The record decides; correct it if it is wrong",
        _ => null,
    };

    private static string Words(ServerInventory seen) =>
        (seen.SeenAs == SeenAs.Container ? "a container" : "a virtual machine")
        + (string.IsNullOrEmpty(seen.VirtualizationName) ? "" : $" ({seen.VirtualizationName})");
}
