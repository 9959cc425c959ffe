namespace HaiSoft.Controller.Identity;

/// <summary>What an agent says when it asks for an identity. None of it is trusted but the token and the key.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="CertificateRequest">PKCS #10, DER.</param>
/// <param name="HostName">The server's own name, for the audit.</param>
/// <param name="MachineId">To notice a copied machine; may be empty.</param>
/// <param name="SentTime">The agent's clock; absent when it did not say.</param>
/// <param name="ServerName">The record that the installer believes the server to be; empty to take the token's.</param>
internal sealed record EnrolmentApplication(
    string Token, byte[] CertificateRequest, string HostName, string MachineId, DateTimeOffset? SentTime, string ServerName);

/// <summary>How an enrolment ended.</summary>
internal abstract record EnrolmentOutcome
{
    private EnrolmentOutcome()
    {
    }

    /// <summary>The agent has an identity.</summary>
    public sealed record Done(string ServerId, string ServerName, string AgentId, byte[] Certificate, DateTimeOffset At) : EnrolmentOutcome;

    /// <summary>What was sent is not usable; the token, if it was one, is not spent.</summary>
    public sealed record Unusable(string Reason) : EnrolmentOutcome;

    /// <summary>The token does not give this identity.</summary>
    public sealed record Refused(string Reason) : EnrolmentOutcome;
}
