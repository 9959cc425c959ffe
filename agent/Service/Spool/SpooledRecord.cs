namespace HaiSoft.Agent.Spool;

/// <summary>One record of the spool.</summary>
/// <param name="Sequence">Its place in the epoch, from 1.</param>
/// <param name="WrittenTime">When it was submitted, by the wall clock.</param>
/// <param name="Priority">What it is worth.</param>
/// <param name="Payload">The encoded observation, without its sequence.</param>
internal sealed record SpooledRecord(long Sequence, DateTimeOffset WrittenTime, Priority Priority, ReadOnlyMemory<byte> Payload);

/// <summary>A part of the outbox, in order: records, and the sequences before each of them that are no longer held.</summary>
/// <param name="Records">Records with rising sequences.</param>
/// <param name="Bytes">Bytes of their payloads together.</param>
internal readonly record struct SpoolBatch(IReadOnlyList<SpooledRecord> Records, long Bytes);
