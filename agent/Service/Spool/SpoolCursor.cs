using System.Globalization;
using System.Text;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Spool;

/// <summary>How far the controller has acknowledged an epoch: a small file beside the segments.</summary>
internal static class SpoolCursor
{
    private const string FileName = "cursor";

    /// <summary>The acknowledged sequence of <paramref name="epoch"/>; 0 when nothing is known.</summary>
    public static long Read(string folder, string epoch)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return 0;
        }

        string[] words = File.ReadAllText(path).Split(' ');
        return words.Length == 2
            && words[0] == epoch
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            ? sequence
            : 0;
    }

    /// <summary>Durable when it returns.</summary>
    public static void Write(string folder, string epoch, long acknowledged)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{epoch} {acknowledged}");
        DurableFile.Replace(Path.Combine(folder, FileName), Encoding.ASCII.GetBytes(text), DurableFile.Private);
    }
}
