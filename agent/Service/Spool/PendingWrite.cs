namespace HaiSoft.Agent.Spool;

/// <summary>Writes what is pending: as much of it as the disk takes, and durable; on a full disk in place of what may go.</summary>
internal static class PendingWrite
{
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Writes records in order.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="pending">At least one.</param>
    /// <param name="durable">Told up to which sequence they are durable, also when the rest fails.</param>
    /// <exception cref="IOException">The disk does not take all of them.</exception>
    public static void Write(SpoolStore store, SpooledRecord[] pending, Action<long> durable)
    {
        var written = 0;
        try
        {
            foreach (SpooledRecord record in pending)
            {
                WriteOne(store, record, pending);
                written++;
            }
        }
        catch (IOException) when (written > 0)
        {
            store.Sync(); // what could be written is durable, at least
            durable(pending[written - 1].Sequence);
            throw;
        }

        store.Sync();
        durable(pending[^1].Sequence);
    }

    private static void WriteOne(SpoolStore store, SpooledRecord record, SpooledRecord[] pending)
    {
        try
        {
            WriteNow(store, record);
        }
        catch (IOException error) when (error.HResult is NoSpaceLeft or QuotaExceeded)
        {
            if (!store.GiveUp(Array.Exists(pending, waiting => waiting.Priority == Priority.Urgent)))
            {
                throw;
            }

            WriteNow(store, record);
        }
    }

    private static void WriteNow(SpoolStore store, SpooledRecord record)
    {
        int bytes = RecordFormat.HeaderLength + record.Payload.Length;
        bool isUrgent = record.Priority == Priority.Urgent;
        store.MakeRoom(isUrgent ? 0 : bytes, isUrgent ? bytes : 0);
        store.Append(record);
    }
}
