namespace HaiSoft.Controller.Console.Live;

/// <summary>Whom a live stream tells.</summary>
internal sealed class LiveAudience
{
    /// <summary>Technicians: of everything, in words.</summary>
    public static readonly LiveAudience Technicians = new(rented: null);

    private readonly IReadOnlySet<string>? _rented;

    private LiveAudience(IReadOnlySet<string>? rented) => _rented = rented;

    /// <summary>What changed is told in words.</summary>
    public bool HearsWords => _rented is null;

    /// <summary>A customer: of these servers only.</summary>
    public static LiveAudience Of(IEnumerable<string> serverIds) => new(serverIds.ToHashSet(StringComparer.Ordinal));

    public bool Hears(string serverId) => _rented?.Contains(serverId) ?? true;
}
