using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Session;

/// <summary>What goes on from one stream to the next.</summary>
/// <param name="Reconnect">When to dial again.</param>
/// <param name="Caution">Which reports are left out.</param>
/// <param name="Pulse">The link's sign of life.</param>
internal sealed record LinkCourse(Reconnect Reconnect, Caution Caution, Liveness.Pulse Pulse);
