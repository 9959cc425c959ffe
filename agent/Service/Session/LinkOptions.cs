namespace HaiSoft.Agent.Session;

/// <summary>How the link is held (DESIGN 3).</summary>
internal sealed record LinkOptions
{
    /// <summary>
    /// How old a stream gets, give or take a tenth: then it ends in good order and another is dialled, so that names are looked
    /// up again, load finds its way to new controllers, and identities are judged again. 30 minutes.
    /// </summary>
    public TimeSpan RenewAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long Welcome may take.</summary>
    public TimeSpan WelcomeWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the last acknowledgements are waited for when a stream ends in good order.</summary>
    public TimeSpan EndWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same when the agent stops: systemd waits.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(3);
}
