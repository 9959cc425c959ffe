namespace HaiSoft.Controller.Identity;

/// <summary>What was judged of an agent's certificate.</summary>
internal abstract record AgentVerdict
{
    private AgentVerdict()
    {
    }

    /// <summary>It counts.</summary>
    public sealed record Admitted(AgentIdentity Identity) : AgentVerdict;

    /// <summary>It does not.</summary>
    public sealed record Refused(Refusal Refusal) : AgentVerdict;
}
