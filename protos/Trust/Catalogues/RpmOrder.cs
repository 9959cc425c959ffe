namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>
/// The order that rpm has for versions and releases (rpm-version(7)): runs of digits by number, runs of letters by code, digits above
/// letters; <c>~</c> below everything, also the end; <c>^</c> above the end and below everything else; what else there is only separates.
/// </summary>
internal static class RpmOrder
{
    public static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (true)
        {
            a = SkipSeparators(a);
            b = SkipSeparators(b);
            if (First(a) == '~' || First(b) == '~')
            {
                if (First(a) != First(b))
                    return First(a) == '~' ? -1 : 1;
            }
            else if (First(a) == '^' || First(b) == '^')
            {
                if (First(a) != First(b))
                    return First(a) == '^' ? (b.IsEmpty ? 1 : -1) : (a.IsEmpty ? -1 : 1);
            }
            else if (a.IsEmpty || b.IsEmpty)
            {
                return a.Length.CompareTo(b.Length);
            }
            else
            {
                int order = CompareRuns(ref a, ref b);
                if (order != 0)
                    return order;
                continue;
            }

            a = a[1..];
            b = b[1..];
        }
    }

    private static int CompareRuns(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        bool digits = char.IsAsciiDigit(a[0]);
        if (digits != char.IsAsciiDigit(b[0]))
            return digits ? 1 : -1;
        ReadOnlySpan<char> runA = TakeRun(ref a, digits);
        ReadOnlySpan<char> runB = TakeRun(ref b, digits);
        if (!digits)
            return Math.Sign(runA.SequenceCompareTo(runB));
        runA = runA.TrimStart('0');
        runB = runB.TrimStart('0');
        return runA.Length != runB.Length ? runA.Length.CompareTo(runB.Length) : Math.Sign(runA.SequenceCompareTo(runB));
    }

    private static ReadOnlySpan<char> TakeRun(ref ReadOnlySpan<char> text, bool digits)
    {
        int length = 0;
        while (length < text.Length && (digits ? char.IsAsciiDigit(text[length]) : char.IsAsciiLetter(text[length])))
            length++;
        ReadOnlySpan<char> run = text[..length];
        text = text[length..];
        return run;
    }

    private static ReadOnlySpan<char> SkipSeparators(ReadOnlySpan<char> text)
    {
        int i = 0;
        while (i < text.Length && !char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('~' or '^'))
            i++;
        return text[i..];
    }

    private static char First(ReadOnlySpan<char> text) => text.IsEmpty ? '\0' : text[0];
}
