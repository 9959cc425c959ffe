using System.Globalization;
using System.Text;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Measurements;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>
/// Gives every numeric series its number in the spool's epoch, and tells which ones the controller has to be told of:
/// each at its first use in this process, and all again after a resync. Numbers outlive the process, in a file beside
/// the spool; a file that is lost makes numbers far from those that may have been given.
/// </summary>
internal sealed class SeriesCatalogue
{
    private const int MaximumSeries = 100_000;
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<(string Metric, string Component, SeriesKind Kind), int> _numbers = [];
    private readonly HashSet<int> _declared = [];
    private int _last;

    /// <param name="path">The catalogue's file.</param>
    /// <param name="spoolIsNew">No number was ever given: the first is 1.</param>
    public SeriesCatalogue(string path, bool spoolIsNew)
    {
        _path = path;
        Load(spoolIsNew);
    }

    /// <summary>The series' number, and whether its declaration has to go with this use.</summary>
    public (int Number, bool Declare) Use(string metric, string component, SeriesKind kind)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue((metric, component, kind), out int number))
            {
                if (_numbers.Count >= MaximumSeries)
                {
                    _numbers.Clear(); // components that come and go without end: begin again, with new numbers
                    _declared.Clear();
                }

                number = ++_last;
                _numbers.Add((metric, component, kind), number);
                Append(number, metric, component, kind);
            }

            return (number, _declared.Add(number));
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

    private void Load(bool spoolIsNew)
    {
        if (File.Exists(_path))
        {
            foreach (string line in File.ReadLines(_path))
            {
                Take(line);
            }
        }

        if (_last == 0 && !spoolIsNew)
        {
            // Lost: begin where no earlier catalogue of this epoch is likely to have been.
            _last = Random.Shared.Next(1, 1000) * 10_000;
        }
    }

    private void Take(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length == 4
            && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int kind))
        {
            _numbers[(fields[2], fields[3], (SeriesKind)kind)] = number;
            _last = Math.Max(_last, number);
        }
    }

    private void Append(int number, string metric, string component, SeriesKind kind)
    {
        if (component.AsSpan().IndexOfAny('\t', '\n', '\r') >= 0)
        {
            return; // kept for this process only
        }

        try
        {
            string line = string.Create(CultureInfo.InvariantCulture, $"{number}\t{(int)kind}\t{metric}\t{component}\n");
            if (File.Exists(_path))
            {
                File.AppendAllText(_path, line);
            }
            else
            {
                DurableFile.Replace(_path, Encoding.UTF8.GetBytes(line), DurableFile.Private);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The number holds for this process; the next one begins elsewhere or repeats the declaration.
        }
    }
}
