namespace HaiSoft.Agent.Helper.Probe;

/// <summary>What a tool may take.</summary>
/// <param name="Time">One run: it is killed with all that it started when this is over.</param>
/// <param name="ProbeTime">All runs of one probe: what is left over is not started.</param>
/// <param name="OutputBytes">One run's output: it is killed when it prints more.</param>
/// <param name="ProbeBytes">All outputs of one probe: so that the answer fits a frame.</param>
internal sealed record ToolLimits(TimeSpan Time, TimeSpan ProbeTime, int OutputBytes, int ProbeBytes)
{
    public static ToolLimits Default { get; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(240), 4 << 20, 15 << 20);

    /// <summary>Of a run's error output, so much is kept; the rest is read and dropped.</summary>
    public const int ErrorBytes = 1024;
}
