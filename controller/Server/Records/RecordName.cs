using System.Buffers;

namespace HaiSoft.Controller.Records;

/// <summary>Names of records: what they may be, and when two are the same.</summary>
internal static class RecordName
{
    private static readonly SearchValues<char> ServerCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    // "haisoftctl server add" adds a server: none may bear such a name.
    private static readonly string[] Verbs = ["add", "import", "list", "show", "help"];

    /// <summary>What makes two names the same: case does not count.</summary>
    public static string KeyOf(string name) => name.Trim().ToLowerInvariant();

    /// <summary>1 to 100 printable characters, no space at the ends.</summary>
    public static bool IsCustomerName(string name) =>
        name.Length is >= 1 and <= 100 && name.Trim() == name && !name.Any(char.IsControl);

    /// <summary>1 to 100 letters, digits, hyphens, dots and underscores, a letter or digit first, and not a verb of the command line.</summary>
    public static bool IsServerName(string name) =>
        name.Length is >= 1 and <= 100
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.AsSpan().ContainsAnyExcept(ServerCharacters)
        && !Verbs.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A rack, or a place in it: 1 to 40 printable characters.</summary>
    public static bool IsRack(string rack) => rack.Length is >= 1 and <= 40 && rack.Trim() == rack && !rack.Any(char.IsControl);
}
