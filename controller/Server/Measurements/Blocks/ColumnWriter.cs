namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Writes the values of one series in the smallest of its forms; they come back bit for bit.</summary>
internal sealed class ColumnWriter
{
    private long[] _numbers = [];
    private long[] _reference = [];
    private ulong[] _folded = [];

    /// <summary>Writes the values, at least one.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="values">Any doubles.</param>
    /// <param name="reference">Values that lie near, as many, which the reader will have; or none.</param>
    public void Write(BitWriter output, ReadOnlySpan<double> values, ReadOnlySpan<double> reference = default)
    {
        MakeRoom(values.Length);
        bool isOne = IsOne(values);
        int scale = DecimalScale.Find(isOne ? values[..1] : values, _numbers);
        if (isOne)
            WriteOne(output, values[0], scale);
        else if (scale == DecimalScale.None)
            WriteDoubles(output, values);
        else
            WriteNumbers(output, _numbers.AsSpan(0, values.Length), scale, Reference(reference, scale));
    }

    /// <summary>Writes whole numbers of at most 53 bits, at least one.</summary>
    public void Write(BitWriter output, ReadOnlySpan<long> numbers)
    {
        MakeRoom(numbers.Length);
        WriteNumbers(output, numbers, scale: 0, reference: default);
    }

    private ReadOnlySpan<long> Reference(ReadOnlySpan<double> reference, int scale) =>
        DecimalScale.TryNumbers(reference, _reference, scale) ? _reference.AsSpan(0, reference.Length) : default;

    private void MakeRoom(int count)
    {
        if (_numbers.Length < count)
            (_numbers, _reference, _folded) = (new long[count * 2], new long[count * 2], new ulong[count * 2]);
    }

    private static bool IsOne(ReadOnlySpan<double> values)
    {
        long first = BitConverter.DoubleToInt64Bits(values[0]);
        foreach (double value in values)
        {
            if (BitConverter.DoubleToInt64Bits(value) != first)
                return false;
        }

        return true;
    }

    private void WriteOne(BitWriter output, double value, int scale)
    {
        if (scale == DecimalScale.None)
        {
            output.WriteByte((byte)ColumnForm.OneDouble);
            output.WriteUInt64(BitConverter.DoubleToUInt64Bits(value));
            return;
        }

        output.WriteByte(Head(ColumnForm.OneNumber, scale, default));
        output.WriteVarint(ZigZag.Fold(_numbers[0]));
    }

    private static void WriteDoubles(BitWriter output, ReadOnlySpan<double> values)
    {
        output.WriteByte((byte)ColumnForm.Doubles);
        DoubleColumn.Write(output, values);
    }

    private void WriteNumbers(BitWriter output, ReadOnlySpan<long> numbers, int scale, ReadOnlySpan<long> reference)
    {
        NumberOrder order = NumberOrders.Choose(numbers, reference);
        Span<ulong> folded = _folded.AsSpan(0, NumberOrders.CountOf(order, numbers.Length));
        NumberOrders.Fold(order, numbers, reference, folded, out long start, out ulong unit);
        output.WriteByte(Head(ColumnForm.Numbers, scale, order));
        output.WriteVarint(unit);
        output.WriteVarint(ZigZag.Fold(start));
        int length = RiceCode.Start(folded);
        output.WriteBits((ulong)length, RiceCode.StartBits);
        RiceCode code = new(length);
        foreach (ulong number in folded)
            code.Write(output, number);
        output.EndBits();
    }

    private static byte Head(ColumnForm form, int scale, NumberOrder order) => (byte)((int)form | (scale << 2) | ((int)order << 6));
}
