using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Operations;

/// <summary>What orders are verified by, as the helper told it.</summary>
internal sealed record TrustObserved(Moment At, TrustReport Trust) : Observation(At);
