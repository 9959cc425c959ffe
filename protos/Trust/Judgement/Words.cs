using System.Buffers;
using System.Globalization;
using System.Text;

namespace HaiSoft.Protocol.Trust.Judgement;

/// <summary>Which shapes texts of signed things may have.</summary>
internal static class Words
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> UpperHex = SearchValues.Create("0123456789ABCDEF");
    private static readonly SearchValues<char> IdLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> RpmNameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-");
    private static readonly SearchValues<char> UnitLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@-");
    private static readonly SearchValues<char> PathLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-");

    /// <summary>A SHA-256 as lower-case hexadecimal digits.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept(LowerHex);

    /// <summary>An OpenPGP fingerprint: 40 digits (version 4) or 64 (version 6), upper case.</summary>
    public static bool IsFingerprint(string text) => text.Length is 40 or 64 && !text.AsSpan().ContainsAnyExcept(UpperHex);

    /// <summary>"haisoft-el9".</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 63 && text[0] != '-' && !text.AsSpan().ContainsAnyExcept(IdLetters);

    /// <summary>The exact name of an RPM; nothing that a tool could take for an option, a pattern or a path.</summary>
    public static bool IsPackageName(string text) =>
        text.Length is > 0 and <= 128 && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(RpmNameLetters);

    /// <summary>"httpd.service".</summary>
    public static bool IsServiceUnit(string text) =>
        text.Length is > 8 and <= 128 && char.IsAsciiLetterOrDigit(text[0]) && text.EndsWith(".service", StringComparison.Ordinal)
        && !text.AsSpan().ContainsAnyExcept(UnitLetters);

    /// <summary>An absolute path without anything to resolve: "/var/www".</summary>
    public static bool IsPath(string text) =>
        text.Length is > 1 and <= 255 && text[0] == '/' && !text.AsSpan().ContainsAnyExcept(PathLetters)
        && text[1..].Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>True when a path is a folder or lies in it.</summary>
    public static bool IsWithin(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Letters, digits and hyphens: the id of an incident.</summary>
    public static bool IsIncident(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && text[0] != '-';

    /// <summary>The serial number of a disk.</summary>
    public static bool IsSerialNumber(string text) => text.Length is > 0 and <= 64 && text.All(c => c is > ' ' and <= '~');

    /// <summary>Text for people: there is some, and nothing in it hides or moves a cursor.</summary>
    public static bool IsForPeople(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && text.Trim().Length == text.Length && !text.EnumerateRunes().Any(IsHidden);

    /// <summary>A DNS name in lower case.</summary>
    public static bool IsHostName(string text) => text.Length is > 0 and <= 253 && text.Split('.').All(IsId) && !text.Split('.').Any(part => part[^1] == '-');

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
