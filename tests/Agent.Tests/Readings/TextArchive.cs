namespace HaiSoft.Agent.Tests.Readings;

/// <summary>Unpacks a text archive of a /sys tree (ttar): the form of the captures' sys.ttar.</summary>
internal static class TextArchive
{
    private const string Separator = "# ttar - - -";

    public static void Extract(string archive, string folder)
    {
        string? path = null;
        using var lines = File.ReadLines(archive).GetEnumerator();
        while (lines.MoveNext())
        {
            var line = lines.Current;
            if (line.StartsWith("Directory: ", StringComparison.Ordinal))
                Directory.CreateDirectory(Path.Combine(folder, line["Directory: ".Length..]));
            else if (line.StartsWith("Path: ", StringComparison.Ordinal))
                Directory.CreateDirectory(Path.GetDirectoryName(path = Path.Combine(folder, line["Path: ".Length..]))!);
            else if (line.StartsWith("SymlinkTo: ", StringComparison.Ordinal))
                File.CreateSymbolicLink(path!, line["SymlinkTo: ".Length..]);
            else if (line.StartsWith("Lines: ", StringComparison.Ordinal))
                File.WriteAllLines(path!, Take(lines, int.Parse(line["Lines: ".Length..], System.Globalization.CultureInfo.InvariantCulture)));
            else if (!line.StartsWith("Mode: ", StringComparison.Ordinal) && !line.StartsWith(Separator, StringComparison.Ordinal) && !line.StartsWith('#'))
                throw new InvalidDataException($"What is \"{line}\" doing in an archive?");
        }
    }

    private static List<string> Take(IEnumerator<string> lines, int count)
    {
        var taken = new List<string>(count);
        for (; count > 0 && lines.MoveNext(); count--)
            taken.Add(lines.Current.Replace("NULLBYTE", "\0", StringComparison.Ordinal).Replace("EOF", "", StringComparison.Ordinal));
        return taken;
    }
}
