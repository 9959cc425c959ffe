namespace HaiSoft.Controller.Measurements.Series;

/// <summary>
/// The series of one server, and what its agent calls them in the epochs of its spool. A series keeps its id for good: blocks
/// name it by that alone.
/// </summary>
internal sealed class SeriesCatalogue
{
    /// <summary>Series of one server; those beyond are not kept.</summary>
    public const int MostSeries = 10_000;

    /// <summary>Epochs that are remembered, the last ones to name a series. Two agents with one identity have two.</summary>
    public const int MostEpochs = 8;

    private readonly Dictionary<(string Metric, string Component), KnownSeries> _series = [];
    private readonly List<SeriesEpoch> _epochs = [];
    private int _nextId = 1;

    /// <summary>An empty one.</summary>
    public SeriesCatalogue()
    {
    }

    /// <summary>One as it was stored.</summary>
    public SeriesCatalogue(int nextId, IEnumerable<KnownSeries> series, IEnumerable<SeriesEpoch> epochs)
    {
        _nextId = nextId;
        foreach (KnownSeries known in series)
            _series[(known.Metric, known.Component)] = known;
        _epochs.AddRange(epochs);
    }

    /// <summary>One for a server whose catalogue is lost: its ids are none that blocks may still name.</summary>
    public static SeriesCatalogue AfterLoss(DateTimeOffset now) => new((int)(now.ToUnixTimeSeconds() / 4), [], []);

    /// <summary>The id that the next new series gets.</summary>
    public int NextId => _nextId;

    /// <summary>All series.</summary>
    public IReadOnlyCollection<KnownSeries> Series => _series.Values;

    /// <summary>The epochs, the last one to name a series at the end.</summary>
    public IReadOnlyList<SeriesEpoch> Epochs => _epochs;

    /// <summary>Something differs from what was stored.</summary>
    public bool Changed { get; private set; }

    /// <summary>The series of a metric and a component; absent when there is none.</summary>
    public KnownSeries? Find(string metric, string component) => _series.GetValueOrDefault((metric, component));

    /// <summary>The agent's numbers of an epoch; absent when it has named none.</summary>
    public IReadOnlyDictionary<int, int>? NumbersOf(string epoch) => FindEpoch(epoch)?.IdOf;

    /// <summary>Takes in what an agent calls a series.</summary>
    /// <param name="epoch">In which epoch.</param>
    /// <param name="named">The series.</param>
    /// <param name="day">The day, counted from 1970-01-01.</param>
    /// <returns>False when there are too many series.</returns>
    public bool Name(string epoch, SeriesNaming named, int day)
    {
        if (!_series.TryGetValue((named.Metric, named.Component), out KnownSeries? known))
        {
            if (_series.Count >= MostSeries)
                return false;
            known = Keep(new KnownSeries(_nextId++, named.Metric, named.Component, named.Behaviour, day));
        }
        else if (known.Behaviour != named.Behaviour)
        {
            known = Keep(known with { Behaviour = named.Behaviour });
        }

        Dictionary<int, int> numbers = EpochNamed(epoch).IdOf;
        Changed |= !numbers.TryGetValue(named.Number, out int id) || id != known.Id;
        numbers[named.Number] = known.Id;
        return true;
    }

    /// <summary>Notes that series, which have a column each, have readings of a day.</summary>
    public void Note(IReadOnlyDictionary<int, int> columns, int day)
    {
        foreach (KnownSeries known in _series.Values.Where(s => s.LastDay < day && columns.ContainsKey(s.Id)).ToArray())
            Keep(known with { LastDay = day });
    }

    /// <summary>Forgets the series that have no reading of this day or later, and what agents called them.</summary>
    public void ForgetBefore(int day)
    {
        KnownSeries[] old = [.. _series.Values.Where(s => s.LastDay < day)];
        foreach (KnownSeries known in old)
            _series.Remove((known.Metric, known.Component));
        HashSet<int> ids = [.. old.Select(s => s.Id)];
        foreach (SeriesEpoch epoch in _epochs)
        {
            foreach ((int number, int id) in epoch.IdOf.ToArray())
            {
                if (ids.Contains(id))
                    epoch.IdOf.Remove(number);
            }
        }

        Changed |= old.Length > 0;
    }

    private KnownSeries Keep(KnownSeries known)
    {
        Changed = true;
        return _series[(known.Metric, known.Component)] = known;
    }

    private SeriesEpoch? FindEpoch(string epoch) => _epochs.Find(known => known.Name == epoch);

    private SeriesEpoch EpochNamed(string name)
    {
        SeriesEpoch epoch = FindEpoch(name) ?? new SeriesEpoch(name, []);
        if (_epochs.Count > 0 && _epochs[^1] == epoch)
            return epoch;
        _epochs.Remove(epoch);
        _epochs.Add(epoch);
        if (_epochs.Count > MostEpochs)
            _epochs.RemoveAt(0);
        Changed = true;
        return epoch;
    }
}

/// <summary>A numeric series of a server.</summary>
/// <param name="Id">Its number in the blocks of this server, from 1.</param>
/// <param name="Metric">What is measured, with its unit.</param>
/// <param name="Component">Which one, where a server has several; empty otherwise.</param>
/// <param name="Behaviour">How it behaves.</param>
/// <param name="LastDay">The last day with a reading, counted from 1970-01-01; without one, the day that it was named.</param>
internal sealed record KnownSeries(int Id, string Metric, string Component, SeriesBehaviour Behaviour, int LastDay);

/// <summary>What an agent calls series in one epoch of its spool.</summary>
/// <param name="Name">The epoch.</param>
/// <param name="IdOf">The series' ids by the agent's numbers.</param>
internal sealed record SeriesEpoch(string Name, Dictionary<int, int> IdOf);
