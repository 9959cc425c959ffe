using System.Buffers;
using System.Buffers.Binary;

namespace HaiSoft.Controller.Measurements;

/// <summary>
/// The values of one instant as one column: for each series in rising order the distance to the one before as a varint,
/// then the value, four bytes when a float holds it exactly and eight otherwise (the lowest bit of the distance tells).
/// </summary>
internal static class MeasurementBlock
{
    /// <summary>The stored form.</summary>
    public static byte[] Write(IEnumerable<(long Series, double Value)> values)
    {
        ArrayBufferWriter<byte> writer = new();
        long last = 0;
        foreach ((long series, double value) in values.OrderBy(pair => pair.Series))
        {
            bool isShort = value == (float)value;
            WriteVarint(writer, (ulong)(((series - last) << 1) | (isShort ? 1L : 0L)));
            if (isShort)
            {
                BinaryPrimitives.WriteSingleLittleEndian(writer.GetSpan(sizeof(float)), (float)value);
                writer.Advance(sizeof(float));
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(writer.GetSpan(sizeof(double)), value);
                writer.Advance(sizeof(double));
            }

            last = series;
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>The value of one series; absent when it was not read at that instant.</summary>
    public static double? Find(ReadOnlySpan<byte> data, long wanted)
    {
        long series = 0;
        while (data.Length > 0)
        {
            ulong head = ReadVarint(ref data);
            series += (long)(head >> 1);
            bool isShort = (head & 1) == 1;
            if (series == wanted)
                return isShort ? BinaryPrimitives.ReadSingleLittleEndian(data) : BinaryPrimitives.ReadDoubleLittleEndian(data);
            if (series > wanted)
                return null;
            data = data[(isShort ? sizeof(float) : sizeof(double))..];
        }

        return null;
    }

    private static void WriteVarint(ArrayBufferWriter<byte> writer, ulong value)
    {
        Span<byte> span = writer.GetSpan(10);
        int length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        writer.Advance(length);
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        int shift = 0;
        while (true)
        {
            byte next = data[0];
            data = data[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
            shift += 7;
        }
    }
}
