namespace HaiSoft.Agent.Session;

/// <summary>This run of the agent, by which a controller tells two machines with one identity apart.</summary>
internal static class AgentRun
{
    /// <summary>Random, for as long as the program runs.</summary>
    public static string Id { get; } = Guid.NewGuid().ToString("N");
}
