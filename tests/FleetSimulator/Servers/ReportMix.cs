namespace HaiSoft.FleetSimulator.Servers;

/// <summary>What an agent reports at each of its turns.</summary>
internal enum ReportMix
{
    /// <summary>Measurements alone: one report a turn.</summary>
    Measurements = 1,

    /// <summary>
    /// What an agent sends in a minute at its defaults: measurements, the four sources read each minute; every fifth turn also the disks and a
    /// round of checks (DOMAIN 4.1, 4.6).
    /// </summary>
    Minute = 2,
}
