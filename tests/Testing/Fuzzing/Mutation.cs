using System.Text;

namespace HaiSoft.Testing.Fuzzing;

/// <summary>Changes real inputs a little: what follows from the chance that it is given is always the same.</summary>
internal static class Mutation
{
    private const int MostChanges = 6;
    private const int Largest = 1 << 20;

    private static readonly byte[][] Interesting =
    [
        [0], [0xFF], [0x7F], [0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0], "\n"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), "["u8.ToArray(),
        "-1"u8.ToArray(), "9223372036854775808"u8.ToArray(), "1e999"u8.ToArray(), "NaN"u8.ToArray(), "null"u8.ToArray(), Encoding.UTF8.GetBytes("\u2028\U0001F4A9"),
    ];

    /// <summary>One of the inputs, with a few changes.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> corpus, Random random)
    {
        List<byte> made = [.. corpus[random.Next(corpus.Count)]];
        for (int changes = random.Next(1, MostChanges); changes > 0; changes--)
            Change(made, corpus, random);
        return made.Count > Largest ? [.. made.Take(Largest)] : [.. made];
    }

    private static void Change(List<byte> made, IReadOnlyList<byte[]> corpus, Random random)
    {
        int at = random.Next(made.Count + 1);
        int length = Math.Min(made.Count - at, 1 << random.Next(0, 10));
        switch (random.Next(8))
        {
            case 0 when at < made.Count:
                made[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < made.Count:
                made[at] = (byte)random.Next(256);
                break;
            case 2:
                made.InsertRange(at, Interesting[random.Next(Interesting.Length)]);
                break;
            case 3:
                made.RemoveRange(at, length);
                break;
            case 4:
                made.InsertRange(at, made.GetRange(at, length));
                break;
            case 5:
                made.RemoveRange(at, made.Count - at);
                break;
            case 6:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length + 1);
                made.InsertRange(at, other[from..Math.Min(other.Length, from + 256)]);
                break;
            default:
                Overwrite(made, at, Interesting[random.Next(Interesting.Length)]);
                break;
        }
    }

    private static void Overwrite(List<byte> made, int at, byte[] by)
    {
        for (int i = 0; i < by.Length && at + i < made.Count; i++)
            made[at + i] = by[i];
    }
}
