namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Reads what <see cref="ColumnWriter"/> wrote.</summary>
internal sealed class ColumnReader
{
    private const int FormMask = 3;
    private const int ScaleMask = 0xF;
    private const int OrderShift = 6;

    private long[] _numbers = [];
    private long[] _reference = [];
    private ulong[] _folded = [];

    /// <summary>Reads as many values as there is room for, at least one.</summary>
    /// <param name="column">The column's bytes.</param>
    /// <param name="values">Gets them.</param>
    /// <param name="reference">What <see cref="ColumnWriter"/> was given.</param>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public void Read(ReadOnlySpan<byte> column, Span<double> values, ReadOnlySpan<double> reference = default)
    {
        ByteReader input = new(column);
        byte head = input.ReadByte();
        int scale = (head >> 2) & ScaleMask;
        if (scale > DecimalScale.Finest)
            throw new BlockDamagedException($"Unit 10^-{scale} is not known.");
        switch ((ColumnForm)(head & FormMask))
        {
            case ColumnForm.OneNumber:
                values.Fill(DecimalScale.Value(ZigZag.Unfold(input.ReadVarint()), scale));
                break;
            case ColumnForm.OneDouble:
                values.Fill(BitConverter.UInt64BitsToDouble(input.ReadUInt64()));
                break;
            case ColumnForm.Doubles:
                DoubleColumn.Read(input, values);
                break;
            default:
                MakeRoom(values.Length);
                ReadNumbers(input, (NumberOrder)(head >> OrderShift), _numbers.AsSpan(0, values.Length), Reference(reference, scale));
                for (int i = 0; i < values.Length; i++)
                    values[i] = DecimalScale.Value(_numbers[i], scale);
                break;
        }
    }

    /// <summary>Reads as many whole numbers as there is room for, at least one; larger ones than are written may come out.</summary>
    /// <exception cref="BlockDamagedException">The bytes are not as they were written.</exception>
    public void Read(ReadOnlySpan<byte> column, Span<long> numbers)
    {
        ByteReader input = new(column);
        byte head = input.ReadByte();
        if ((ColumnForm)(head & FormMask) != ColumnForm.Numbers)
            throw new BlockDamagedException("Whole numbers were expected.");
        MakeRoom(numbers.Length);
        ReadNumbers(input, (NumberOrder)(head >> OrderShift), numbers, reference: default);
    }

    private void ReadNumbers(ByteReader input, NumberOrder order, Span<long> numbers, ReadOnlySpan<long> reference)
    {
        if (order == NumberOrder.Reference && reference.Length != numbers.Length)
            throw new BlockDamagedException("The column that this one refers to does not fit.");
        ulong unit = input.ReadVarint();
        long start = ZigZag.Unfold(input.ReadVarint());
        BitReader bits = new(input.ReadBytes(input.Left));
        RiceCode code = new((int)bits.ReadBits(RiceCode.StartBits));
        Span<ulong> folded = _folded.AsSpan(0, NumberOrders.CountOf(order, numbers.Length));
        for (int i = 0; i < folded.Length; i++)
            folded[i] = code.Read(ref bits);
        NumberOrders.Unfold(order, folded, reference, start, unit, numbers);
    }

    private ReadOnlySpan<long> Reference(ReadOnlySpan<double> reference, int scale) =>
        DecimalScale.TryNumbers(reference, _reference, scale) ? _reference.AsSpan(0, reference.Length) : default;

    private void MakeRoom(int count)
    {
        if (_numbers.Length < count)
            (_numbers, _reference, _folded) = (new long[count * 2], new long[count * 2], new ulong[count * 2]);
    }
}
