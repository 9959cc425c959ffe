namespace HaiSoft.Agent.Spool;

/// <summary>One record of the spool.</summary>
/// <param name="Sequence">Its place in the epoch, from 1.</param>
/// <param name="WrittenTime">When it was submitted, by the wall clock.</param>
/// <param name="Priority">What it is worth.</param>
/// <param name="Payload">The encoded observation, without its sequence.</param>
internal sealed record SpooledRecord(long Sequence, DateTimeOffset WrittenTime, Priority Priority, ReadOnlyMemory<byte> Payload);
