using System.Text;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.Journal;

/// <summary>Cuts what an operation prints into entries, and stops at 256 KiB of one order.</summary>
/// <param name="written">What was kept of it already.</param>
/// <param name="largestPiece">Bytes of UTF-8.</param>
internal sealed class OutputPieces(IEnumerable<OrderOutput> written, int largestPiece)
{
    private const int MostBytes = 256 << 10;
    private readonly OrderOutput _last = written.LastOrDefault() ?? new OrderOutput();
    private long? _offset;
    private bool? _isCut;

    /// <summary>The next entries; none when nothing is kept any more.</summary>
    public IEnumerable<OrderOutput> Add(string text)
    {
        var offset = _offset ?? _last.OffsetBytes + Encoding.UTF8.GetByteCount(_last.Text);
        var rest = Encoding.UTF8.GetBytes(text).AsMemory();
        while (!rest.IsEmpty && !(_isCut ?? _last.Cut))
        {
            var room = (int)Math.Min(largestPiece, MostBytes - offset);
            var length = WholeCharacters(rest.Span, Math.Min(room, rest.Length));
            var isCut = length < rest.Length && MostBytes - offset - length < 4;
            if (length > 0 || isCut)
                yield return new OrderOutput { OffsetBytes = offset, Text = Encoding.UTF8.GetString(rest.Span[..length]), Cut = isCut };
            rest = rest[length..];
            _offset = offset += length;
            _isCut = isCut;
        }
    }

    private static int WholeCharacters(ReadOnlySpan<byte> text, int length)
    {
        while (length > 0 && length < text.Length && (text[length] & 0xC0) == 0x80)
            length--;
        return length;
    }
}
