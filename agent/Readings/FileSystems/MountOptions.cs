namespace HaiSoft.Agent.Readings.FileSystems;

/// <summary>A list of options as mount tables have them: "rw,relatime,errors=remount-ro".</summary>
internal static class MountOptions
{
    /// <summary>The option is among them, whole.</summary>
    public static bool Contain(ReadOnlySpan<char> options, string wanted)
    {
        foreach (Range range in options.Split(','))
        {
            if (options[range].SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }
}
