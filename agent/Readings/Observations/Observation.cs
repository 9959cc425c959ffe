using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Readings.Observations;

/// <summary>What was observed at one moment. One of these becomes one report.</summary>
public abstract record Observation(Moment At);

/// <summary>What the server is made of: at start, at every change and on a resync.</summary>
public sealed record InventoryObserved(Moment At, MachineInventory Inventory) : Observation(At);

/// <summary>One reading of one hardware source.</summary>
public sealed record HardwareObserved(Moment At, HardwareReading Reading) : Observation(At);

/// <summary>One round of service checks, or one check that was repeated.</summary>
public sealed record ServicesObserved(Moment At, ServiceRound Round) : Observation(At);

/// <summary>Numeric readings of one moment. What could not be read is left out.</summary>
public sealed record MeasurementsTaken(Moment At, IReadOnlyList<Measurement> Values) : Observation(At);

/// <summary>A part of the agent stopped doing its work, or does it again.</summary>
/// <param name="At">When this was noticed.</param>
/// <param name="Part">Which part.</param>
/// <param name="Failing">False when it works again.</param>
/// <param name="Detail">In words, without contents of the server (DOMAIN 7.8); at most 300 characters.</param>
public sealed record AgentFaultObserved(Moment At, AgentPart Part, bool Failing, string Detail) : Observation(At);
