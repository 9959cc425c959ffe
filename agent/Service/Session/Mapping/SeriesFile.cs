using System.Globalization;
using System.Text;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Measurements;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>
/// The numbers of series, in a file beside the spool that outlives the process. It is written behind the measurements' back:
/// a disk that hangs holds up nobody. Numbers are reserved in blocks before they are given, so that one whose line was not
/// written before a crash is not given again. What could not be written is kept, and written at the next chance.
/// </summary>
internal sealed class SeriesFile(string path) : IDisposable
{
    private const int Block = 1000;
    private const string Reservation = "reserved";
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly StringBuilder _pending = new();
    private Task _writing = Task.CompletedTask;
    private bool _clear;
    private int _reservedThrough;
    private long? _wholeLength;

    /// <summary>No higher number was given before this process.</summary>
    public int Reserved { get; private set; }

    /// <summary>What was written, and a block of fresh numbers reserved. Lines that cannot be read are left out.</summary>
    /// <param name="spoolIsNew">No number was ever given.</param>
    public IReadOnlyList<(int Number, SeriesKey Key)> Load(bool spoolIsNew)
    {
        List<(int Number, SeriesKey Key)> entries = [];
        try
        {
            if (File.Exists(path))
            {
                foreach (string line in File.ReadLines(path))
                {
                    Take(line, entries);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            entries.Clear(); // as good as lost
            Reserved = 0;
        }

        if (Reserved == 0 && !spoolIsNew)
        {
            // Lost: begin where no earlier catalogue is likely to have been.
            Reserved = Random.Shared.Next(1, 1000) * 10_000;
        }

        Reserve(Reserved + Block);
        return entries;
    }

    /// <summary>A number was given.</summary>
    public void Append(int number, SeriesKey key)
    {
        if (number > _reservedThrough - (Block / 2))
        {
            Reserve(number + Block);
        }

        if (key.Component.AsSpan().IndexOfAny('\t', '\n', '\r') < 0) // else it is kept for this process only
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{number}\t{(int)key.Kind}\t{key.Metric}\t{key.Component}\n"));
        }
    }

    /// <summary>All entries are forgotten; the reservation stays.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _clear = true;
            _pending.Clear();
        }

        Reserve(_reservedThrough);
    }

    /// <summary>Writes what could not be written before.</summary>
    public void WriteAgain()
    {
        lock (_gate)
        {
            if (_pending.Length > 0 && _writing.IsCompleted)
            {
                _writing = Task.Run(WritePending);
            }
        }
    }

    public void Dispose()
    {
        WriteAgain();
        Task writing;
        lock (_gate)
        {
            writing = _writing;
        }

        ((IAsyncResult)writing).AsyncWaitHandle.WaitOne(Farewell);
    }

    private void Reserve(int through)
    {
        _reservedThrough = through;
        Write(string.Create(CultureInfo.InvariantCulture, $"{Reservation}\t{through}\n"));
    }

    private void Take(string line, List<(int Number, SeriesKey Key)> entries)
    {
        string[] fields = line.Split('\t');
        if (fields is [Reservation, var through] && Number(through) is { } reserved)
        {
            Reserved = Math.Max(Reserved, reserved);
        }
        else if (fields is [var first, var second, var metric, var component]
            && Number(first) is { } number
            && Number(second) is { } kind
            && Enum.IsDefined((SeriesKind)kind))
        {
            entries.Add((number, new SeriesKey(metric, component, (SeriesKind)kind)));
            Reserved = Math.Max(Reserved, number);
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private void Write(string line)
    {
        lock (_gate)
        {
            _pending.Append(line);
            if (_writing.IsCompleted)
            {
                _writing = Task.Run(WritePending);
            }
        }
    }

    private void WritePending()
    {
        while (true)
        {
            string text;
            bool clear;
            lock (_gate)
            {
                text = _pending.ToString();
                _pending.Clear();
                clear = _clear;
                _clear = false;
                if (text.Length == 0 && !clear)
                {
                    _writing = Task.CompletedTask;
                    return;
                }
            }

            if (!TryWrite(Encoding.UTF8.GetBytes(text), clear || !File.Exists(path)))
            {
                KeepForLater(text, clear);
                return;
            }
        }
    }

    private void KeepForLater(string text, bool clear)
    {
        lock (_gate)
        {
            if (!_clear) // else it is forgotten meanwhile
            {
                _pending.Insert(0, text);
            }

            _clear |= clear;
            _writing = Task.CompletedTask;
        }
    }

    private bool TryWrite(byte[] text, bool replace)
    {
        try
        {
            if (replace)
            {
                DurableFile.Replace(path, text, DurableFile.Private);
            }
            else
            {
                Append(text);
            }

            _wholeLength = null;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The numbers hold for this process; whether the next one knows of them depends on what is tried later.
            return false;
        }
    }

    private void Append(byte[] text)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _wholeLength ??= file.Length;
        file.SetLength(_wholeLength.Value); // what a write that failed has left could be read as another line
        file.Position = _wholeLength.Value;
        file.Write(text);
        file.Flush(flushToDisk: true);
    }
}
