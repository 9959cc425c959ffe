namespace HaiSoft.Agent.Readings.FileSystems;

/// <summary>Reads /etc/fstab (fstab(5)): how file systems should be mounted.</summary>
// /dev/sda2 /srv/my\040data xfs defaults 0 2
public static class Fstab
{
    /// <summary>The places that it mounts something at to be written.</summary>
    public static IReadOnlySet<string> Writable(string text)
    {
        HashSet<string> places = new(StringComparer.Ordinal);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            string[] fields = line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 4 && !fields[0].StartsWith('#') && !MountOptions.Contain(fields[3], "ro"))
            {
                places.Add(OctalEscapes.Undo(fields[1]));
            }
        }

        return places;
    }
}
