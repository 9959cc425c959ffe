using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Console.Servers;

/// <summary>A server as its pages show it.</summary>
internal sealed record ServerCard
{
    public required string ServerId { get; init; }

    public required string Name { get; init; }

    public required string Customer { get; init; }

    public required ServerKind Kind { get; init; }

    /// <summary>The rack, or the host that carries it; empty when the record names none.</summary>
    public required string Place { get; init; }

    public required Fee Fee { get; init; }

    /// <summary>First day of service.</summary>
    public required DateOnly From { get; init; }

    public required bool BackupOption { get; init; }

    /// <summary>The worst of its components and services; unknown before the first report.</summary>
    public required Health Health { get; init; }

    /// <summary>Whether the controller hears its agent.</summary>
    public required Word PresenceWord { get; init; }

    /// <summary>When the last report came; absent before the first.</summary>
    public DateTimeOffset? LastReportAt { get; init; }

    public required int OpenIncidents { get; init; }

    /// <summary>What disagrees with the record or cannot be trusted, in words.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The operating system; empty before it was reported.</summary>
    public string Os { get; init; } = "";

    /// <summary>What it is made of, for people; empty before the first report.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Somebody should look at it.</summary>
    public bool IsInTrouble => Health != Health.Healthy || OpenIncidents > 0 || Warnings.Count > 0 || PresenceWord.Tone != "healthy";
}
