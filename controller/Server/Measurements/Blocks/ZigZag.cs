namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>Numbers with a sign as numbers without one, small ones small: 0, -1, 1, -2, 2 …</summary>
internal static class ZigZag
{
    public static ulong Fold(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long Unfold(ulong folded) => (long)(folded >> 1) ^ -(long)(folded & 1);
}
