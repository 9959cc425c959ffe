namespace HaiSoft.Controller.Identity;

/// <summary>An identity that must never be accepted again.</summary>
/// <param name="AgentId">The agent: every certificate of it is revoked.</param>
/// <param name="ServerId">Its server.</param>
/// <param name="Time">Since when.</param>
/// <param name="Actor">Who revoked it.</param>
/// <param name="Reason">Why.</param>
internal sealed record Revocation(string AgentId, string ServerId, DateTimeOffset Time, string Actor, string Reason);
