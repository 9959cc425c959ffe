using HaiSoft.Agent.Helper.Files;

namespace HaiSoft.Agent.Helper.Trust;

/// <summary>
/// The fingerprint of the root that this server trusts, as the agent's package or the installer laid it down. It never comes from the
/// controller, and nobody but root may have written it.
/// </summary>
/// <param name="Fingerprint">64 lower-case hexadecimal digits; null when there is none that can be used.</param>
/// <param name="Problem">Then: why, and what to do.</param>
internal sealed record RootPin(string? Fingerprint, string Problem)
{
    private const int Digits = 64;
    private const int MaximumBytes = 4096;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Reads it: 64 hexadecimal digits, blanks and colons between them for the eye; a line that begins with # is a comment.</summary>
    public static RootPin Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return None($"No fingerprint of a root lies on this server: write what \"haisoftctl root show\" prints into {path}.");
            if ((file.UnixFileMode & WritableByOthers) != UnixFileMode.None)
                return None($"{path} can be written by others: chmod go-w it, and compare what it says.");
            if (FileCalls.OwnerOf(path) is not { } owner || (owner != 0 && owner != FileCalls.GetEffectiveUserId()))
                return None($"{path} belongs to another user: chown it to root, and compare what it says.");
            return file.Length > MaximumBytes ? Unreadable(path) : Parse(path, File.ReadAllLines(path));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return None($"{path} cannot be read: {ex.Message}");
        }
    }

    private static RootPin Parse(string path, IEnumerable<string> lines)
    {
        var text = string.Concat(lines.Where(line => !line.StartsWith('#')));
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != ':')).ToLowerInvariant();
        return digits.Length == Digits && digits.All(char.IsAsciiHexDigitLower) ? new(digits, "") : Unreadable(path);
    }

    private static RootPin Unreadable(string path) => None($"{path} holds no fingerprint: it is {Digits} hexadecimal digits.");

    private static RootPin None(string problem) => new(null, problem);
}
