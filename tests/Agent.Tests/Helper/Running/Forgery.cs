using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>What a thief sends in the place of a good order or catalogue.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Bytes">The envelope.</param>
/// <param name="Told">The reasons that it may be refused with; none for what cannot be read as an order, of which nothing is told.</param>
internal sealed record Forgery(string Name, byte[] Bytes, params IReadOnlyList<TrustRefusal> Told)
{
    /// <summary>Why it fails, where it is signed by all who must sign, and the plan is against it.</summary>
    public OrderFailure? Failure { get; init; }
}
