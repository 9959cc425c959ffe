using System.Text.Json;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Findings;

/// <summary>
/// Judges the observations of one server in the transaction that stores them: component states, their history and findings
/// change together with the report, or not at all.
/// </summary>
internal sealed class Judgement
{
    /// <summary>The evidence that says why a time is not simply the agent's own.</summary>
    public const string TimeEvidence = "time";

    private readonly WriteSession _session;
    private readonly string _serverId;
    private readonly Dictionary<string, ComponentRow> _components;
    private readonly ComponentRoom _room;
    private readonly List<FindingChange> _changes = [];

    private Judgement(WriteSession session, string serverId, Dictionary<string, ComponentRow> components)
    {
        _session = session;
        _serverId = serverId;
        _components = components;
        _room = new(session, components);
    }

    /// <summary>Whether all components of the server had room.</summary>
    public ComponentRoom Room => _room;

    /// <summary>What the observations changed so far, in order.</summary>
    public IReadOnlyList<FindingChange> Changes => _changes;

    /// <summary>The components that were there in the last whole reading.</summary>
    public IEnumerable<ComponentRow> Present => _components.Values.Where(row => row.Present);

    /// <summary>Begins with what is known of the server.</summary>
    public static Judgement Begin(WriteSession session, string serverId) =>
        new(session, serverId, ComponentTable.Load(session, serverId));

    /// <summary>Whether the component was ever observed and is there.</summary>
    public bool Knows(string componentId) => _components.TryGetValue(componentId, out ComponentRow? row) && row.Present;

    /// <summary>When the component was last seen failing; absent when it is not.</summary>
    public DateTimeOffset? LastSeenFailing(string componentId) =>
        _components.TryGetValue(componentId, out ComponentRow? row) && row is { Present: true, Health: Health.Failed } ? row.ObservedTime : null;

    /// <summary>
    /// Takes an observation in. One that is older than the last comes late and says nothing of now; one of a component that has no room is
    /// left out.
    /// </summary>
    public async Task ObserveAsync(Observed seen, CancellationToken cancellationToken)
    {
        if (Find(seen) is not { } row || row.ObservedComparedTo(seen.Time) > 0)
            return;
        seen = seen with { At = row.NoteObserved(seen.Time) };
        (Verdict? verdict, row.Facts) = seen.Judge(row.Facts);
        if (verdict is not null && seen.TimeNote is { } note)
            verdict = verdict with { Evidence = [.. verdict.Evidence, new(TimeEvidence, note)] };
        (Confirmation state, ConfirmedChange? change) = Debouncing.Observe(StateOf(row), seen.At, verdict);
        row.Confirmation = JsonSerializer.Serialize(state);
        row.Title = seen.Title;
        row.LastReadTime = state.LastReadAt;
        row.IntervalMicroseconds = (long)seen.Interval.TotalMicroseconds;
        row.Present = true;
        Tell(row, state, verdict, seen.At);
        if (change is not null)
            await ApplyAsync(row, change, cancellationToken);
        ComponentTable.Save(_session, row);
    }

    /// <summary>A component is no longer there, or no longer checked: it leaves the list and its finding ends.</summary>
    public async Task RemoveAsync(ComponentRow row, CorrectedTime time, string words, CancellationToken cancellationToken)
    {
        DateTimeOffset at = row.NoteObserved(time);
        row.Present = false;
        _room.Leave();
        row.Confirmation = JsonSerializer.Serialize(Confirmation.None);
        row.Facts = "";
        await CloseAsync(row, at, words, cancellationToken);
        ComponentTable.Save(_session, row);
    }

    /// <summary>A part is gone and another one is there in its place.</summary>
    public async Task ReplaceAsync(ComponentRow old, string newTitle, CorrectedTime time, CancellationToken cancellationToken)
    {
        int before = _changes.Count;
        await RemoveAsync(old, time, $"{old.Title} was replaced by {newTitle}", cancellationToken);
        string? finding = _changes.Skip(before).OfType<FindingChange.Closed>().FirstOrDefault()?.FindingId;
        _changes.Insert(
            before, new FindingChange.Replaced(_serverId, old.ComponentId, old.Kind, old.Title, finding, old.ObservedTime, newTitle));
    }

    private static Confirmation StateOf(ComponentRow row) =>
        row.Confirmation.Length == 0 ? Confirmation.None : JsonSerializer.Deserialize<Confirmation>(row.Confirmation)!;

    private ComponentRow? Find(Observed seen)
    {
        if (_components.TryGetValue(seen.ComponentId, out ComponentRow? row))
            return row.Present || _room.TryEnter(row.Kind) ? row : null;
        if (!_room.TryEnter(seen.Kind))
            return null;
        row = new()
        {
            ServerId = _serverId,
            ComponentId = seen.ComponentId,
            Kind = seen.Kind,
            Title = seen.Title,
            Health = Health.Unknown,
            Reason = "",
            Evidence = "",
            ObservedTime = DateTimeOffset.MinValue,
            SinceTime = seen.At,
            Confirmation = "",
            Facts = "",
            Present = true,
        };
        _room.Add(row);
        return row;
    }

    // What is shown: the confirmed health with the words of the last verdict that agrees with it. What is not confirmed yet
    // is unknown, and says what was seen.
    private static void Tell(ComponentRow row, Confirmation state, Verdict? verdict, DateTimeOffset at)
    {
        Health shown = state.Health ?? Health.Unknown;
        if (row.Health != shown)
            row.SinceTime = state.Since ?? at;
        row.Health = shown;
        if (verdict is null)
        {
            row.Reason = row.Reason.Length == 0 ? "Nothing could be read yet" : row.Reason;
        }
        else if (verdict.Health == shown || state.Health is null || verdict.Repairing)
        {
            row.Reason = verdict.Reason;
            row.Evidence = CanonicalEvidence.Write(verdict.Evidence);
        }
    }

    private async Task ApplyAsync(ComponentRow row, ConfirmedChange change, CancellationToken cancellationToken)
    {
        if (change.From == change.To)
        {
            await AlterAsync(row, change, cancellationToken);
            return;
        }

        row.SinceTime = change.At;
        if (change.From is not (null or Health.Healthy))
            await CloseAsync(row, change.At, change.Verdict.Reason, cancellationToken);
        if (change.To != Health.Healthy)
            await OpenAsync(row, change, cancellationToken);
        if (change.From is not null || change.To != Health.Healthy)
            ComponentTable.AddChange(_session, row, change.At);
    }

    private async Task OpenAsync(ComponentRow row, ConfirmedChange change, CancellationToken cancellationToken)
    {
        string id = await FindingTable.OpenAsync(_session, row, change.At, change.Verdict, cancellationToken);
        _changes.Add(new FindingChange.Opened(
            _serverId, row.ComponentId, row.Kind, row.Title, id, change.At, change.Verdict with { Health = change.To }, row.Facts));
    }

    private async Task CloseAsync(ComponentRow row, DateTimeOffset at, string words, CancellationToken cancellationToken)
    {
        if (await FindingTable.CloseAsync(_session, row, at, cancellationToken) is { } id)
            _changes.Add(new FindingChange.Closed(_serverId, row.ComponentId, row.Kind, row.Title, id, at, words));
    }

    private async Task AlterAsync(ComponentRow row, ConfirmedChange change, CancellationToken cancellationToken)
    {
        if (await FindingTable.AlterAsync(_session, row, change.Verdict, cancellationToken) is { } id)
            _changes.Add(new FindingChange.Altered(_serverId, row.ComponentId, row.Kind, row.Title, id, change.At, change.Verdict));
    }
}
