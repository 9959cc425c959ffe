namespace HaiSoft.Agent.Identity;

/// <summary>When a certificate is renewed: at half of its life ±10 %, so that agents enrolled together part (DESIGN 4).</summary>
internal static class RenewalSchedule
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    /// <summary>The instant of renewal, by the controller's clock.</summary>
    /// <param name="issued">When the certificate came.</param>
    /// <param name="expiry">When it expires.</param>
    /// <param name="chance">From 0 to 1, drawn once per certificate.</param>
    public static DateTimeOffset DueTime(DateTimeOffset issued, DateTimeOffset expiry, double chance) =>
        issued + ((expiry - issued) * (0.45 + (0.1 * chance)));

    /// <summary>How long to wait after a failure: doubling, from a minute to an hour, with jitter down to a half.</summary>
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="chance">From 0 to 1, drawn each time.</param>
    public static TimeSpan RetryAfter(int failures, double chance)
    {
        TimeSpan longest = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10));
        return (longest < LongestRetry ? longest : LongestRetry) * (0.5 + (0.5 * chance));
    }
}
