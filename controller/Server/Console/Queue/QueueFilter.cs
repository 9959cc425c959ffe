using HaiSoft.Controller.Incidents;

namespace HaiSoft.Controller.Console.Queue;

/// <summary>Which incidents of the queue are shown.</summary>
/// <param name="Show">One of <see cref="Choices"/>.</param>
/// <param name="Text">Must be in number, title, server, place, customer or technician; empty for all.</param>
internal sealed record QueueFilter(string Show, string Text)
{
    /// <summary>What can be chosen; the first is the default.</summary>
    public static readonly IReadOnlyList<string> Choices = ["open", "new", "mine", "all"];

    public static QueueFilter Of(string? show, string? text) =>
        new(Choices.FirstOrDefault(c => c == show, Choices[0]), (text ?? "").Trim());

    public bool IncludesResolved => Show == "all";

    public bool IsNarrow => Show != Choices[0] || Text.Length > 0;

    public bool Shows(IncidentView incident, string? technician) => ShowsState(incident, technician) && ShowsText(incident);

    private bool ShowsState(IncidentView incident, string? technician) => Show switch
    {
        "new" => incident.State == IncidentState.Detected,
        "mine" => incident.State != IncidentState.Resolved && incident.Technician is not null && incident.Technician == technician,
        "all" => true,
        _ => incident.State != IncidentState.Resolved,
    };

    private bool ShowsText(IncidentView incident) =>
        Text.Length == 0
        || $"{incident.Number}" == Text.TrimStart('#')
        || new[] { incident.Title, incident.Server, incident.Place, incident.Customer, incident.Technician ?? "" }
            .Any(field => field.Contains(Text, StringComparison.OrdinalIgnoreCase));
}
