using HaiSoft.Agent.Readings.Measurements;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>
/// Gives every numeric series its number, and tells which ones the controller has to be told of: each at its first use in
/// this process, and all again after a resync. A number is never given to another series, whatever was lost; a series may
/// get a second number.
/// </summary>
internal sealed class SeriesCatalogue : IDisposable
{
    private const int MaximumSeries = 100_000;
    private readonly Lock _gate = new();
    private readonly SeriesFile _file;
    private readonly Dictionary<SeriesKey, int> _numbers = [];
    private readonly Dictionary<int, SeriesKey> _keys = [];
    private readonly HashSet<int> _declared = [];
    private int _last;

    /// <param name="path">The catalogue's file.</param>
    /// <param name="spoolIsNew">No number was ever given: the first is 1.</param>
    public SeriesCatalogue(string path, bool spoolIsNew)
    {
        _file = new SeriesFile(path);
        foreach ((int number, SeriesKey key) in _file.Load(spoolIsNew))
        {
            _numbers[key] = number;
            _keys[number] = key;
        }

        _last = _file.Reserved;
    }

    /// <summary>The series' number, and whether its declaration has to go with this use.</summary>
    public (int Number, bool Declare) Use(string metric, string component, SeriesKind kind)
    {
        SeriesKey key = new(metric, component, kind);
        lock (_gate)
        {
            if (!_numbers.TryGetValue(key, out int number))
            {
                if (_numbers.Count >= MaximumSeries)
                {
                    Forget(); // components that come and go without end: begin again, with new numbers
                }

                number = ++_last;
                _numbers.Add(key, number);
                _keys.Add(number, key);
                _file.Append(number, key);
            }

            return (number, _declared.Add(number));
        }
    }

    /// <summary>Writes what the disk did not take before; asked with each report, so that it is soon known to the next process.</summary>
    public void WriteAgain() => _file.WriteAgain();

    /// <summary>What a number was given to; <c>null</c> when that is not known any more.</summary>
    public SeriesKey? Find(int number)
    {
        lock (_gate)
        {
            return _keys.TryGetValue(number, out SeriesKey key) ? key : null;
        }
    }

    /// <summary>Everything is declared again at its next use: the controller may have lost what was said.</summary>
    public void DeclareAgain()
    {
        lock (_gate)
        {
            _declared.Clear();
        }
    }

    /// <summary>Writes what is still to be written, unless the disk hangs.</summary>
    public void Dispose() => _file.Dispose();

    private void Forget()
    {
        _numbers.Clear();
        _keys.Clear();
        _declared.Clear();
        _file.Clear();
    }
}
