namespace HaiSoft.Controller.Incidents;

/// <summary>What an incident is about. Stored by number: never change one, only add.</summary>
public enum IncidentKind
{
    /// <summary>A service: the 1 h clock (SLA 4.1).</summary>
    Service = 1,

    /// <summary>A part: the 1 h and the 4 h clock (SLA 4.2); a virtual server has no part of its own (SLA 4.5) and only the first.</summary>
    Hardware = 2,

    /// <summary>The monitoring itself: silence, a source that cannot be read. The 1 h clock.</summary>
    Monitoring = 3,
}

/// <summary>Where an incident is in its life. Stored by number: never change one, only add.</summary>
public enum IncidentState
{
    /// <summary>Nobody has said that it is seen.</summary>
    Detected = 1,

    /// <summary>A technician has seen it.</summary>
    Acknowledged = 2,

    /// <summary>A technician works on it.</summary>
    Intervention = 3,

    /// <summary>Done.</summary>
    Resolved = 4,
}
