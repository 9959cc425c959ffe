namespace HaiSoft.Controller.People;

/// <summary>How people sign in (configuration section <c>Controller:People</c>).</summary>
internal sealed class PeopleOptions
{
    public const string Section = "Controller:People";

    /// <summary>
    /// Technicians without a second factor see nothing but the page that sets one up. Default: false, they are only reminded; managed
    /// operations (issue 4) turn it on for good (DOMAIN 7.7).
    /// </summary>
    public bool RequireSecondFactor { get; set; }

    /// <summary>How long a one-time sign-in link can be used. Default: 24 h; 1 minute to 7 days.</summary>
    public TimeSpan SignInLinkLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A session ends when it was not used for this long. Default: 12 h, a shift; 5 minutes to 7 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Wrong passwords or codes in a row before sign-in is locked. Default: 5; 3 to 20.</summary>
    public int LockoutAfter { get; set; } = 5;

    /// <summary>How long sign-in is locked then. Default: 10 minutes; 1 minute to 1 day.</summary>
    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The domain that passkeys belong to (WebAuthn's relying party): the console's host name or a domain above it, as the catalogue lists
    /// it. Default: absent, the host name by which the console is opened. Passkeys of another domain sign nobody in any more.
    /// </summary>
    public string? PasskeyDomain { get; set; }

    /// <summary>Every fault of these options, each saying what to do.</summary>
    internal IEnumerable<string> Faults() =>
    [
        .. Within(nameof(SignInLinkLifetime), SignInLinkLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)),
        .. Within(nameof(SessionLifetime), SessionLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7)),
        .. Within(nameof(LockoutAfter), LockoutAfter, 3, 20),
        .. Within(nameof(LockoutDuration), LockoutDuration, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)),
        .. PasskeyDomain is null || Uri.CheckHostName(PasskeyDomain) == UriHostNameType.Dns
            ? Array.Empty<string>()
            : [$"{Section}:{nameof(PasskeyDomain)} is '{PasskeyDomain}': give a host name, console.example, without https:// and port."],
    ];

    private static IEnumerable<string> Within<T>(string name, T value, T least, T most) where T : IComparable<T> =>
        value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? [$"{Section}:{name} is {value}: give a value from {least} to {most}."]
            : [];
}
