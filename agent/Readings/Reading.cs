namespace HaiSoft.Agent.Readings;

/// <summary>
/// How reading something went: measured, unavailable (why) or not applicable. There is no fourth way, and none of them is 0 or "".
/// </summary>
public abstract record Reading<T>
{
    private protected Reading()
    {
    }
}

/// <summary>It was read.</summary>
public sealed record Measured<T>(T Value) : Reading<T>;

/// <summary>It is there and could not be read. Never healthy.</summary>
public sealed record Unavailable<T>(Unavailability Why) : Reading<T>;

/// <summary>This machine has none of it.</summary>
/// <param name="Reason">Why: "no disk answers SMART", "no md array"; at most 300 characters.</param>
public sealed record NotApplicable<T>(string Reason) : Reading<T>;

/// <summary>Makes readings without naming their type twice.</summary>
public static class Reading
{
    public static Reading<T> Measured<T>(T value) => new Measured<T>(value);

    public static Reading<T> Unavailable<T>(UnavailableReason reason, string detail) =>
        new Unavailable<T>(new Unavailability(reason, detail));

    public static Reading<T> NotApplicable<T>(string reason) => new NotApplicable<T>(Wording.Bound(reason));
}
