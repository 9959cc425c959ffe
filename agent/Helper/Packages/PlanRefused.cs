using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>There is no plan. Thrown by the one step that finds out, caught once where the answer is made.</summary>
internal sealed class PlanRefused(PlanRefusalReason reason, string detail) : Exception(detail)
{
    private const int LongestDetail = 4000;

    /// <summary>As it is told.</summary>
    public PlanRefusal Told => new() { Reason = reason, Detail = Message.Length <= LongestDetail ? Message : Message[..LongestDetail] };
}
