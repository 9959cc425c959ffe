namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>The faults of one service: each is a finding, and as long as nobody resolves it, all of them are one incident.</summary>
internal readonly record struct FaultCount(int Findings, int Recovered, int Incidents)
{
    /// <summary>What must follow from sightings, in their order: a state holds once it was seen twice in a row (DOMAIN 4.6).</summary>
    public static FaultCount Of(IEnumerable<bool> sightings)
    {
        bool? confirmed = null;
        bool? before = null;
        int findings = 0;
        int recovered = 0;
        foreach (bool up in sightings)
        {
            // What is well from the first needs no second look.
            if (up != confirmed && (before == up || (confirmed is null && up)))
            {
                findings += up ? 0 : 1;
                recovered += up && confirmed is not null ? 1 : 0;
                confirmed = up;
            }

            before = up;
        }

        return new FaultCount(findings, recovered, Math.Min(findings, 1));
    }

    public override string ToString() => $"{Findings} findings ({Recovered} recovered) in {Incidents} incidents";
}
