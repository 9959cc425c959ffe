using HaiSoft.Agent.Readings;

namespace HaiSoft.Agent.Hardware;

/// <summary>What the helper read with one run of a tool.</summary>
/// <param name="Tool">The tool's file name.</param>
/// <param name="Subject">What was read: a device and its type; empty for a scan.</param>
/// <param name="Problem">Why there is no output; absent when the tool ended by itself.</param>
/// <param name="ExitStatus">Exit status, when it ended by itself.</param>
/// <param name="Output">What it printed.</param>
internal sealed record ToolOutput(string Tool, string Subject, Unavailability? Problem, int ExitStatus, ReadOnlyMemory<byte> Output);
