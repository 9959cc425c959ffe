namespace HaiSoft.Controller.Identity;

/// <summary>Who may make a call, and on which port (DESIGN 4).</summary>
internal enum CallPolicy
{
    /// <summary>Anybody on the agents' port: the call itself asks for a one-time token.</summary>
    Enrolment = 1,

    /// <summary>An enrolled agent: a certificate of ours that has not expired and is not revoked.</summary>
    Agent = 2,

    /// <summary>An enrolled agent's renewal: also a while after expiry, but only by the last certificate that was issued.</summary>
    AgentRenewal = 3,

    /// <summary>A technician, by token, on the technicians' port.</summary>
    Technician = 4,
}
