namespace HaiSoft.Controller.Findings;

/// <summary>The components that stand for the agent itself.</summary>
internal static class AgentComponents
{
    /// <summary>Whether the controller hears it.</summary>
    public const string Link = "agent:link";

    /// <summary>The same, for people.</summary>
    public const string LinkTitle = "Agent";

    /// <summary>Whether it is known who speaks for it.</summary>
    public const string Identity = "agent:identity";

    /// <summary>The same, for people.</summary>
    public const string IdentityTitle = "Agent identity";

    /// <summary>Whether what it reports can be judged.</summary>
    public const string Reports = "agent:reports";

    /// <summary>The same, for people.</summary>
    public const string ReportsTitle = "The agent's reports";

    /// <summary>A part of it.</summary>
    public static string Part(string part) => $"agent:{part}";
}
