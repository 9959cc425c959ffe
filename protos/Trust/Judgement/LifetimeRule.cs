using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Judgement;

/// <summary>How long one kind of thing may count, and what it is refused with otherwise.</summary>
/// <param name="What">"catalogue".</param>
/// <param name="Longest">From when it was made to its expiry.</param>
internal sealed record LifetimeRule(string What, TimeSpan Longest, TrustRefusal TooLong, TrustRefusal FromFuture, TrustRefusal Expired);
