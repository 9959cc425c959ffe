namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>A version of an RPM, "[epoch:]version[-release]", in the order that rpm has.</summary>
/// <param name="Epoch">0 when none is given.</param>
/// <param name="Version">Letters, digits and <c>._+~^</c>.</param>
/// <param name="Release">The same; empty when none is given: then any release is the same.</param>
public sealed record PackageVersion(int Epoch, string Version, string Release)
{
    private const int Longest = 128;

    /// <summary>Reads one; null when it is none.</summary>
    public static PackageVersion? Read(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int epoch = 0;
        if (colon >= 0 && !(colon is > 0 and < 10 && text.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0 && int.TryParse(text.AsSpan(0, colon), out epoch)))
            return null;
        string[] parts = text[(colon + 1)..].Split('-');
        return text.Length <= Longest && parts.Length <= 2 && parts.All(IsPart) ? new(epoch, parts[0], parts.Length > 1 ? parts[1] : "") : null;
    }

    /// <summary>True when this lies in a range.</summary>
    /// <param name="atLeast">The lowest that does; null: no lowest.</param>
    /// <param name="below">The lowest that does not any more; null: no end.</param>
    public bool IsWithin(PackageVersion? atLeast, PackageVersion? below) =>
        (atLeast is null || CompareWith(atLeast) >= 0) && (below is null || CompareWith(below) < 0);

    /// <summary>Below 0 when this is the lower one, above 0 when the other is.</summary>
    public int CompareWith(PackageVersion other)
    {
        int order = Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : RpmOrder.Compare(Version, other.Version);
        return order != 0 || Release.Length == 0 || other.Release.Length == 0 ? order : RpmOrder.Compare(Release, other.Release);
    }

    private static bool IsPart(string part) => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '~' or '^');
}
