using System.Text;
using HaiSoft.Controller.Measurements.Blocks;

namespace HaiSoft.Controller.Measurements.Series;

/// <summary>The stored form of a catalogue: one row for each server, a few kilobytes.</summary>
internal static class CatalogueFormat
{
    private const byte Version = 1;

    public static byte[] Write(SeriesCatalogue catalogue)
    {
        BitWriter writer = new();
        writer.WriteByte(Version);
        writer.WriteVarint((ulong)catalogue.NextId);
        writer.WriteVarint((ulong)catalogue.Series.Count);
        foreach (KnownSeries known in catalogue.Series)
        {
            writer.WriteVarint((ulong)known.Id);
            writer.WriteByte((byte)known.Behaviour);
            writer.WriteVarint((ulong)known.LastDay);
            writer.WriteText(known.Metric);
            writer.WriteText(known.Component);
        }

        writer.WriteVarint((ulong)catalogue.Epochs.Count);
        foreach (SeriesEpoch epoch in catalogue.Epochs)
        {
            writer.WriteText(epoch.Name);
            writer.WriteVarint((ulong)epoch.IdOf.Count);
            foreach ((int number, int id) in epoch.IdOf)
            {
                writer.WriteVarint((ulong)number);
                writer.WriteVarint((ulong)id);
            }
        }

        return BlockSeal.Close(writer.Written, []);
    }

    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public static SeriesCatalogue Read(ReadOnlySpan<byte> stored)
    {
        ByteReader reader = new(BlockSeal.Open(stored));
        if (reader.ReadByte() is var version && version != Version)
            throw new BlockDamagedException($"Version {version} is not known.");
        int nextId = reader.ReadVarint(int.MaxValue);
        KnownSeries[] series = new KnownSeries[reader.ReadVarint(reader.Left)];
        for (int i = 0; i < series.Length; i++)
        {
            int id = reader.ReadVarint(nextId - 1);
            SeriesBehaviour behaviour = (SeriesBehaviour)reader.ReadByte();
            int lastDay = reader.ReadVarint(int.MaxValue);
            string metric = Encoding.UTF8.GetString(reader.ReadText());
            series[i] = new(id, metric, Encoding.UTF8.GetString(reader.ReadText()), behaviour, lastDay);
        }

        SeriesEpoch[] epochs = new SeriesEpoch[reader.ReadVarint(reader.Left)];
        for (int i = 0; i < epochs.Length; i++)
        {
            epochs[i] = new(Encoding.UTF8.GetString(reader.ReadText()), []);
            for (int left = reader.ReadVarint(reader.Left); left > 0; left--)
                epochs[i].IdOf[reader.ReadVarint(int.MaxValue)] = reader.ReadVarint(nextId - 1);
        }

        return new(nextId, series, epochs);
    }
}
