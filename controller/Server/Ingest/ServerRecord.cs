using System.Data.Common;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>What ingest needs of a server's record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dedicated">A machine of the customer's own; otherwise a guest (SLA 4.5).</param>
internal sealed record ServerRecord(string Name, bool Dedicated)
{
    private static readonly Statement Select = new("SELECT name, kind FROM servers WHERE server_id = @server", "server");

    /// <summary>The record; absent when the server is not in the records.</summary>
    public static ServerRecord? Find(WriteSession session, string serverId)
    {
        using DbDataReader row = Select.Read(session, serverId);
        return row.Read() ? new(row.GetString(0), row.GetInt64(1) == (long)ServerKind.Dedicated) : null;
    }
}
