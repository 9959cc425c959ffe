namespace HaiSoft.Agent.Readings;

/// <summary>Texts for people, kept to what the protocol carries.</summary>
public static class Wording
{
    /// <summary>The longest text that a report carries, in characters.</summary>
    public const int MaximumLength = 300;

    /// <summary>
    /// The text without control characters and lone surrogates, cut at <see cref="MaximumLength"/>. It may come from a tool or
    /// a disk's firmware: it must neither move a terminal's cursor nor fail to be encoded.
    /// </summary>
    public static string Bound(string text)
    {
        var kept = text.Length <= MaximumLength ? text : text[..MaximumLength];
        for (var i = 0; i < kept.Length; i++)
            if (MustGo(kept, i))
                return string.Create(kept.Length, kept, static (span, source) =>
                {
                    for (var j = 0; j < span.Length; j++)
                        span[j] = MustGo(source, j) ? ' ' : source[j];
                });
        return kept;
    }

    private static bool MustGo(string text, int index)
    {
        var character = text[index];
        if (char.IsControl(character))
            return true;
        if (char.IsHighSurrogate(character))
            return index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]);
        return char.IsLowSurrogate(character) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
    }
}
