using System.Globalization;

namespace HaiSoft.Controller.Rules.Disks;

/// <summary>
/// The count in an ATA attribute's raw value. Vendors pack several counters into the 48 bits; smartctl's database unpacks
/// what it knows, and its text then begins with the count. What is still larger than 32 bits is packed in words: the count
/// is in the lowest 16 bits (smartctl(8), "-v N,raw16").
/// </summary>
internal static class RawCount
{
    private const long Packed = 0xFFFF_FFFF;

    /// <summary>The count; absent when the disk has no such attribute.</summary>
    public static long? Of(DiskFacts disk, int number)
    {
        if (disk.AtaAttributes.FirstOrDefault(a => a.Number == number) is not { } attribute)
            return null;
        long count = Leading(attribute.RawText) ?? attribute.Raw;
        return count > Packed ? count & 0xFFFF : count;
    }

    private static long? Leading(string text)
    {
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count
            : null;
    }
}
