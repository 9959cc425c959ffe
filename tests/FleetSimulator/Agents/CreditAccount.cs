namespace HaiSoft.FleetSimulator.Agents;

/// <summary>Bytes of serialized reports that the controller lets an agent send.</summary>
internal sealed class CreditAccount
{
    private long _bytes;

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Spends what a report needs, or nothing when there is less.</summary>
    public bool Spend(int bytes)
    {
        if (Interlocked.Add(ref _bytes, -bytes) >= 0)
            return true;

        Interlocked.Add(ref _bytes, bytes);
        return false;
    }
}
