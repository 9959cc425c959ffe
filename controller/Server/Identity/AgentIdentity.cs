namespace HaiSoft.Controller.Identity;

/// <summary>Who an agent is, by its certificate alone (DESIGN 4). Put on the request by the agents' port before any call runs.</summary>
/// <param name="ServerId">The server's record.</param>
/// <param name="AgentId">The agent, as enrolment named it.</param>
/// <param name="CertificateSerial">Serial number of the certificate, in hexadecimal.</param>
public sealed record AgentIdentity(string ServerId, string AgentId, string CertificateSerial)
{
    /// <summary>The identity of the caller; absent without an enrolled certificate.</summary>
    public static AgentIdentity? Of(HttpContext context) => context.Features.Get<AgentIdentity>();

    /// <summary>Puts this identity on the request.</summary>
    public void AttachTo(HttpContext context) => context.Features.Set(this);
}
