using System.Reflection;

namespace HaiSoft.Agent.Session;

/// <summary>The version that this agent was packaged with.</summary>
internal static class AgentVersion
{
    /// <summary>"0.1.0", without what identifies the build.</summary>
    public static string Text { get; } =
        typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
