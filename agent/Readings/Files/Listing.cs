namespace HaiSoft.Agent.Readings.Files;

/// <summary>Lists the kernel's folders.</summary>
public static class Listing
{
    /// <summary>
    /// The names in a folder that begin so, sorted as people count ("sda2" before "sda10"); none where the folder is missing or closed.
    /// </summary>
    public static IReadOnlyList<string> Names(string folder, string prefix = "")
    {
        try
        {
            var names = new List<string>();
            foreach (var path in Directory.EnumerateFileSystemEntries(folder, prefix + "*"))
                names.Add(Path.GetFileName(path));
            names.Sort(CompareAsCounted);
            return names;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Where a symbolic link leads in the end; absent when it leads nowhere.</summary>
    public static string? Target(string link)
    {
        try
        {
            return Directory.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int CompareAsCounted(string left, string right)
    {
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            var a = Run(left, i);
            var b = Run(right, j);
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]) && a.TrimStart('0').Length != b.TrimStart('0').Length
                ? a.TrimStart('0').Length - b.TrimStart('0').Length
                : a.SequenceCompareTo(b);
            if (order != 0)
                return order;
            i += a.Length;
            j += b.Length;
        }

        return left.Length - right.Length;
    }

    private static ReadOnlySpan<char> Run(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]) == char.IsAsciiDigit(text[start]))
            end++;
        return text.AsSpan(start, end - start);
    }
}
