using System.Buffers.Binary;
using System.Text;
using HaiSoft.Controller.Measurements.Blocks;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>What one agent read at one instant, as <see cref="JournalWriter"/> wrote it.</summary>
internal readonly ref struct JournalRecord
{
    private readonly ReadOnlySpan<byte> _numbers;
    private readonly ReadOnlySpan<byte> _values;

    /// <summary>Reads the parts of a record; the readings are read as they are asked for.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public JournalRecord(ReadOnlySpan<byte> record)
    {
        ByteReader reader = new(record);
        Server = reader.ReadText();
        Epoch = reader.ReadText();
        Time = (long)reader.ReadUInt64();
        if (Time is < 0 or > ReadingTime.Latest)
            throw new BlockDamagedException("An instant is none.");
        int named = reader.ReadVarint(reader.Left);
        Named = named == 0 ? [] : ReadNamed(ref reader, named);
        Count = reader.ReadVarint(reader.Left / sizeof(double));
        _numbers = reader.ReadBytes(reader.Left - (Count * sizeof(double)));
        _values = reader.ReadBytes(reader.Left);
    }

    /// <summary>The server, in UTF-8.</summary>
    public ReadOnlySpan<byte> Server { get; }

    /// <summary>The epoch of the agent's spool, in UTF-8.</summary>
    public ReadOnlySpan<byte> Epoch { get; }

    /// <summary>The instant, in Unix microseconds.</summary>
    public long Time { get; }

    /// <summary>The series that the agent names.</summary>
    public SeriesNaming[] Named { get; }

    /// <summary>How many readings there are.</summary>
    public int Count { get; }

    /// <summary>The server of a record, without reading more of it.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public static ReadOnlySpan<byte> ServerOf(ReadOnlySpan<byte> record) => new ByteReader(record).ReadText();

    /// <summary>Reads the agent's numbers of the series.</summary>
    /// <param name="numbers">Room for <see cref="Count"/> of them.</param>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public void ReadNumbers(Span<int> numbers)
    {
        ByteReader reader = new(_numbers);
        int last = 0;
        for (int i = 0; i < Count; i++)
            numbers[i] = last = (int)(last + ZigZag.Unfold(reader.ReadVarint()));
    }

    /// <summary>The reading at a place; NaN is none.</summary>
    public double Value(int index) => BinaryPrimitives.ReadDoubleLittleEndian(_values[(index * sizeof(double))..]);

    private static SeriesNaming[] ReadNamed(ref ByteReader reader, int count)
    {
        SeriesNaming[] named = new SeriesNaming[count];
        for (int i = 0; i < count; i++)
        {
            int number = reader.ReadVarint(int.MaxValue);
            SeriesBehaviour behaviour = (SeriesBehaviour)reader.ReadByte();
            string metric = Encoding.UTF8.GetString(reader.ReadText());
            named[i] = new(number, metric, Encoding.UTF8.GetString(reader.ReadText()), behaviour);
        }

        return named;
    }
}
