using System.Globalization;
using System.Text;

namespace HaiSoft.Agent.Readings.Files;

/// <summary>Reads the one-value files of /sys and /proc: bounded, and absent instead of an exception.</summary>
public static class SmallFile
{
    private const int MaximumBytes = 4096; // a page: the kernel gives no attribute more

    /// <summary>The file's text without surrounding blanks; absent when it is empty or cannot be read.</summary>
    public static string? Text(string path)
    {
        Span<byte> buffer = stackalloc byte[MaximumBytes];
        try
        {
            using var handle = File.OpenHandle(path);
            var content = buffer[..RandomAccess.Read(handle, buffer, 0)].Trim(" \t\r\n\0"u8);
            return content.IsEmpty ? null : Encoding.UTF8.GetString(content);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The file's whole number; absent when there is none.</summary>
    public static long? Integer(string path) =>
        long.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The file's whole number from 0 on; absent when there is none.</summary>
    public static long? Count(string path) => Integer(path) is >= 0 and var value ? value : null;

    /// <summary>The file's 0 or 1; absent when it holds another.</summary>
    public static bool? Flag(string path) => Integer(path) switch
    {
        0 => false,
        1 => true,
        _ => null,
    };
}
