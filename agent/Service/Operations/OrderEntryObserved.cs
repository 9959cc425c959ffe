using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Operations;

/// <summary>An entry of the server's journal of orders, as the helper told it.</summary>
internal sealed record OrderEntryObserved(Moment At, OrderReport Entry) : Observation(At);
