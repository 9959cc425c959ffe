using System.Buffers;

namespace Grpc.Net.Framing;

/// <summary>A growing buffer whose array is rented; empty, it holds none.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int Smallest = 256;

    // The pool keeps an array of each size for every thread: large ones are rare, and not kept.
    private const int LargestPooled = 1024 * 1024;

    private byte[] _array = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    /// <summary>Gives the array back.</summary>
    public void Release()
    {
        GiveBack();
        _array = [];
        Length = 0;
    }

    private static byte[] Take(int size) =>
        size > LargestPooled ? GC.AllocateUninitializedArray<byte>(size) : ArrayPool<byte>.Shared.Rent(size);

    private void GiveBack()
    {
        if (_array.Length is > 0 and <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }
    }

    private void Reserve(int count)
    {
        var needed = checked(Length + Math.Max(count, 1));
        if (needed <= _array.Length)
        {
            return;
        }

        var grown = Take(Math.Max(needed, Math.Max(Smallest, (int)Math.Min(_array.Length * 2L, Array.MaxLength))));
        Written.CopyTo(grown);
        GiveBack();
        _array = grown;
    }
}
