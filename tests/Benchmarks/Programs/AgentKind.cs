namespace HaiSoft.Benchmarks.Programs;

/// <summary>How the agent is compiled.</summary>
internal enum AgentKind
{
    /// <summary>net10.0, trimmed, compiled ahead of time but for what is not: what is packaged.</summary>
    TrimmedReadyToRun = 1,

    /// <summary>net9.0, native: for measuring only.</summary>
    NativeAot = 2,
}
