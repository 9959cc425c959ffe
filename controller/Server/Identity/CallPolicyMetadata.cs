namespace HaiSoft.Controller.Identity;

/// <summary>The policy of a mapped call, on its endpoint.</summary>
internal sealed record CallPolicyMetadata(CallPolicy Policy);
