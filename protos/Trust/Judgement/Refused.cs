using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Judgement;

/// <summary>Why something is not accepted.</summary>
/// <param name="Reason">One for each check.</param>
/// <param name="Words">For people: what is wrong, with what was found. Parts of it may come from whoever made the refused thing.</param>
public sealed record Refused(TrustRefusal Reason, string Words);
