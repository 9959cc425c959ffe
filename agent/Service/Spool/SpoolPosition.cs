namespace HaiSoft.Agent.Spool;

/// <summary>What stands where in the spool.</summary>
/// <param name="Epoch">The life of the spool.</param>
/// <param name="FirstHeld">The lowest sequence held; 0 for none.</param>
/// <param name="LastWritten">The highest sequence written; 0 for none.</param>
/// <param name="Acknowledged">The highest sequence that the controller holds.</param>
/// <param name="Bytes">Bytes on disk and waiting in memory.</param>
internal readonly record struct SpoolPosition(string Epoch, long FirstHeld, long LastWritten, long Acknowledged, long Bytes)
{
    /// <summary>Records that the controller does not hold yet, at most.</summary>
    public long Backlog => Math.Max(0, LastWritten - Acknowledged);
}
