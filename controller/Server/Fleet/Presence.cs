namespace HaiSoft.Controller.Fleet;

/// <summary>Whether the controller hears a server's agent.</summary>
public enum Presence
{
    /// <summary>No agent was ever enrolled.</summary>
    NeverEnrolled = 1,

    /// <summary>Its stream is open.</summary>
    Connected = 2,

    /// <summary>Its stream is closed, not for long.</summary>
    Disconnected = 3,

    /// <summary>Nothing was heard for too long: neither healthy nor an outage (SLA 3.3).</summary>
    Silent = 4,

    /// <summary>Its identity was revoked.</summary>
    Revoked = 5,
}
