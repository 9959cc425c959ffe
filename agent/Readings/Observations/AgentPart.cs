namespace HaiSoft.Agent.Readings.Observations;

/// <summary>The parts of an agent that can fail alone.</summary>
public enum AgentPart
{
    /// <summary>The spool is full, read-only, stalled or damaged.</summary>
    Spool = 1,

    /// <summary>The privileged helper does not answer.</summary>
    Helper = 2,

    /// <summary>The certificate could not be renewed.</summary>
    Renewal = 3,

    /// <summary>The local configuration has an error.</summary>
    Configuration = 4,
}
