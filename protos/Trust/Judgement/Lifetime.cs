using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace HaiSoft.Protocol.Trust.Judgement;

/// <summary>From when to when something counts.</summary>
public sealed record Lifetime(DateTimeOffset Created, DateTimeOffset Expiry)
{
    /// <summary>By how much the clock of who made it may be ahead.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>How soon it expires: at 3 days and at 1 day people are warned.</summary>
    public ExpiryWarning WarningAt(DateTimeOffset now) => (Expiry - now) switch
    {
        var left when left <= TimeSpan.Zero => ExpiryWarning.Expired,
        var left when left <= TimeSpan.FromDays(1) => ExpiryWarning.OneDay,
        var left when left <= TimeSpan.FromDays(3) => ExpiryWarning.ThreeDays,
        _ => ExpiryWarning.None,
    };

    /// <summary>The two instants, or faults where they are not usable.</summary>
    internal static Lifetime? Read(Timestamp? created, Timestamp? expiry, Faults faults)
    {
        DateTimeOffset? from = WholeSecond.Read(created, "createdTime", faults);
        DateTimeOffset? to = WholeSecond.Read(expiry, "expiryTime", faults);
        if (from is null || to is null)
            return null;
        faults.Unless(from < to, "expiryTime", "is not after createdTime.");
        return new(from.Value, to.Value);
    }

    /// <summary>Why it cannot count for as long as it wants; null when it can.</summary>
    internal Refused? WhyTooLong(LifetimeRule rule) => Expiry - Created <= rule.Longest
        ? null
        : new(rule.TooLong, $"The {rule.What} wants to count for {Days(Expiry - Created)}; the longest is {Days(rule.Longest)}.");

    /// <summary>Why it does not count now; null when it does.</summary>
    internal Refused? WhyNot(LifetimeRule rule, DateTimeOffset now) =>
        Created > now + ClockTolerance ? new(rule.FromFuture, $"The {rule.What} was made {Created:u}, and here it is {now.ToUniversalTime():u}: is this clock right?")
        : Expiry <= now ? new(rule.Expired, $"The {rule.What} expired {Expiry:u}; here it is {now.ToUniversalTime():u}.")
        : null;

    private static string Days(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days");
}

/// <summary>How soon something expires.</summary>
public enum ExpiryWarning
{
    /// <summary>In more than 3 days.</summary>
    None,

    /// <summary>In at most 3 days.</summary>
    ThreeDays,

    /// <summary>In at most 1 day.</summary>
    OneDay,

    /// <summary>It has expired.</summary>
    Expired,
}
