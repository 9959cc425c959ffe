namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Which instants of a block a series was read at: lengths of runs, the first one of readings, the next of none, and so on.</summary>
internal static class Gaps
{
    public static void Write(BitWriter output, ReadOnlySpan<double> values)
    {
        bool present = true;
        int length = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value) == present)
            {
                output.WriteVarint((ulong)length);
                present = !present;
                length = 0;
            }

            length++;
        }

        output.WriteVarint((ulong)length);
    }

    /// <summary>Reads the runs: every value becomes 0 where there is a reading and NaN where there is none.</summary>
    /// <returns>How many readings there are.</returns>
    /// <exception cref="BlockDamagedException">The runs are not as long as the block.</exception>
    public static int Read(ref ByteReader input, Span<double> values)
    {
        int count = 0;
        int next = 0;
        for (bool present = true; next < values.Length; present = !present)
        {
            int length = input.ReadVarint(values.Length - next);
            if (length == 0 && next > 0)
                throw new BlockDamagedException("A run is empty.");
            values.Slice(next, length).Fill(present ? 0 : double.NaN);
            count += present ? length : 0;
            next += length;
        }

        return count;
    }

    /// <summary>Puts readings, which stand without gaps at the beginning, in their places.</summary>
    /// <param name="values">Gets them where it is not NaN.</param>
    /// <param name="readings">As many as there are places.</param>
    public static void Spread(Span<double> values, ReadOnlySpan<double> readings)
    {
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
                values[i] = readings[next++];
        }
    }
}
