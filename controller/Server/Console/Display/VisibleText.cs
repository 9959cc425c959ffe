using System.Globalization;
using System.Text;

namespace HaiSoft.Controller.Console.Display;

/// <summary>
/// Text from outside, made harmless to read: what would not be seen (control characters, line breaks, bidirectional overrides, zero-width
/// characters, lone surrogates) is written out as "[U+202E]". It is not HTML: pages encode the outcome (DESIGN 3).
/// </summary>
internal static class VisibleText
{
    /// <summary>Longer texts are cut, with an ellipsis, where nothing else is said.</summary>
    public const int MaximumLength = 600;

    public static string Of(string? text) => string.Concat(Pieces(text).Select(p => p.Escaped ? $"[{p.Text}]" : p.Text));

    /// <summary>The text in pieces, in order; a piece is plain or names one character that was escaped.</summary>
    public static IReadOnlyList<Piece> Pieces(string? text, int maximumLength = MaximumLength)
    {
        var pieces = new List<Piece>();
        var plain = new StringBuilder();
        var length = 0;
        foreach (var rune in EnumerateRunes(text ?? ""))
        {
            if (++length > maximumLength)
            {
                plain.Append('…');
                break;
            }

            if (rune.Shown is { } shown)
            {
                plain.Append(shown);
                continue;
            }

            Flush(plain, pieces);
            pieces.Add(new Piece($"U+{rune.Code:X4}", Escaped: true));
        }

        Flush(plain, pieces);
        return pieces;
    }

    private static IEnumerable<(string? Shown, int Code)> EnumerateRunes(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                yield return (null, text[i]);
                i++;
                continue;
            }

            yield return (IsSeen(rune) ? rune.ToString() : null, rune.Value);
            i += rune.Utf16SequenceLength;
        }
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);

    private static void Flush(StringBuilder plain, List<Piece> pieces)
    {
        if (plain.Length == 0)
            return;
        pieces.Add(new Piece(plain.ToString(), Escaped: false));
        plain.Clear();
    }

    /// <summary>A piece of text; <paramref name="Escaped"/> when it names a character instead of being it.</summary>
    internal readonly record struct Piece(string Text, bool Escaped);
}
