using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Findings;

/// <summary>
/// Bounds the components of one server: all of them are loaded for each batch of its reports, and their ids are what its agent says. There
/// is room for so many of each kind, so that any number of services leaves that of the disks.
/// </summary>
internal sealed class ComponentRoom(WriteSession session, Dictionary<string, ComponentRow> components)
{
    /// <summary>The most of one kind that are there at a time; servers have some dozens.</summary>
    public const int MostOfKind = 500;

    /// <summary>The most that are remembered after they have gone, the last ones: a late report does not bring one back.</summary>
    public const int MostGone = 1000;

    private readonly HashSet<ComponentKind> _crowded = [];
    private readonly HashSet<ComponentKind> _full = [];
    private bool _changed;

    /// <summary>The kinds of which some were left out.</summary>
    public IReadOnlyCollection<ComponentKind> Crowded => _crowded;

    /// <summary>Some came or went, and every kind has room.</summary>
    public bool HasRoomAgain =>
        _changed && _crowded.Count == 0 && components.Values.Where(row => row.Present).CountBy(row => row.Kind).All(kind => kind.Value < MostOfKind);

    /// <summary>Another one of a kind comes, if it has room. The controller's own words for sources and for the agent are few.</summary>
    public bool TryEnter(ComponentKind kind)
    {
        if (kind is ComponentKind.Source or ComponentKind.Agent)
            return true;
        if (!_full.Contains(kind) && components.Values.Count(row => row.Present && row.Kind == kind) < MostOfKind)
            return _changed = true;
        // Not counted for each again.
        _full.Add(kind);
        _crowded.Add(kind);
        return false;
    }

    /// <summary>One that was never there is added: of those that have gone the first are forgotten.</summary>
    public void Add(ComponentRow row)
    {
        ComponentRow[] gone = [.. components.Values.Where(other => !other.Present)];
        foreach (ComponentRow old in gone.OrderBy(other => other.ObservedTime).Take(gone.Length - MostGone))
        {
            components.Remove(old.ComponentId);
            ComponentTable.Delete(session, old);
        }

        components.Add(row.ComponentId, row);
    }

    /// <summary>One has gone.</summary>
    public void Leave()
    {
        _full.Clear();
        _changed = true;
    }
}
