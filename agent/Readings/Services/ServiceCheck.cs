namespace HaiSoft.Agent.Readings.Services;

/// <summary>What one check saw.</summary>
/// <param name="Service">What was checked.</param>
/// <param name="CheckedTime">When the check began, on the agent's wall clock.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Seen">What was seen, by kind of check, or why the check was not made.</param>
public sealed record ServiceCheck(ServiceDefinition Service, DateTimeOffset CheckedTime, TimeSpan Duration, CheckSeen Seen);

/// <summary>The outcome of one round, or of one check that was repeated.</summary>
/// <param name="ConfigurationVersion">The configuration that the round was made by.</param>
/// <param name="Checks">What each check saw.</param>
/// <param name="Complete">True when these are all services of the server: one that is missing is no longer checked.</param>
/// <param name="Interval">How often a round is made (SLA 4.1).</param>
public sealed record ServiceRound(
    long ConfigurationVersion,
    IReadOnlyList<ServiceCheck> Checks,
    bool Complete,
    TimeSpan Interval);
