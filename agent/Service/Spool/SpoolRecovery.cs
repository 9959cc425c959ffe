using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// Reads what a spool's folder holds after a stop or a crash. A torn tail is cut, damaged bytes are set aside in files
/// of their own, and everything else is kept.
/// </summary>
internal static class SpoolRecovery
{
    /// <summary>Ends the names of files with damaged bytes.</summary>
    public const string DamagedExtension = ".damaged";

    private const int MaximumDamagedFiles = 16;

    /// <summary>What was found.</summary>
    /// <param name="Segments">The segments of the youngest epoch, oldest first.</param>
    /// <param name="Epoch">The youngest epoch; <c>null</c> when there is no usable segment.</param>
    /// <param name="Strays">Records of older epochs: a change of epoch was cut short.</param>
    /// <param name="StrayPaths">The files that they lie in.</param>
    /// <param name="NextOrdinal">The ordinal of the next segment.</param>
    /// <param name="DamagedBytes">Bytes that were set aside.</param>
    internal sealed record Found(
        List<Segment> Segments,
        string? Epoch,
        List<SpooledRecord> Strays,
        List<string> StrayPaths,
        long NextOrdinal,
        long DamagedBytes);

    public static Found Recover(string folder)
    {
        foreach (string leftover in Directory.GetFiles(folder, "*.new"))
        {
            File.Delete(leftover);
        }

        List<(long Ordinal, string Path, byte[] Bytes, SegmentHeader Header)> files = [];
        long nextOrdinal = 1;
        long damaged = 0;
        foreach (string path in Directory.GetFiles(folder, "*" + Segment.Extension).Order(StringComparer.Ordinal))
        {
            if (Segment.OrdinalOf(path) is not { } ordinal)
            {
                continue;
            }

            nextOrdinal = ordinal + 1;
            byte[] bytes = File.ReadAllBytes(path);
            if (SegmentHeader.Read(bytes) is { } header)
            {
                files.Add((ordinal, path, bytes, header));
            }
            else
            {
                damaged += bytes.Length;
                File.Move(path, path + DamagedExtension, overwrite: true);
            }
        }

        string? epoch = files.Count > 0 ? files[^1].Header.Epoch : null;
        Found found = new([], epoch, [], [], nextOrdinal, 0);
        long last = 0;
        for (var i = 0; i < files.Count; i++)
        {
            (long ordinal, string path, byte[] bytes, SegmentHeader header) = files[i];
            if (header.Epoch != epoch)
            {
                found.StrayPaths.Add(path);
                found.Strays.AddRange(SegmentScan.Pieces(bytes, SegmentHeader.Length).Where(piece => piece.Record is not null).Select(piece => piece.Record!));
                continue;
            }

            Segment segment = new(path, ordinal, Math.Max(last, header.After));
            damaged += Count(segment, bytes, isLast: i == files.Count - 1);
            last = segment.Last;
            found.Segments.Add(segment);
        }

        LimitDamagedFiles(folder);
        return found with { DamagedBytes = damaged };
    }

    private static long Count(Segment segment, byte[] bytes, bool isLast)
    {
        long damaged = 0;
        foreach (SegmentScan.Piece piece in SegmentScan.Pieces(bytes, SegmentHeader.Length))
        {
            if (piece.Record is { } record)
            {
                segment.Add(record);
            }
            else if (isLast && piece.End == bytes.Length)
            {
                using FileStream file = new(segment.Path, FileMode.Open, FileAccess.Write);
                file.SetLength(piece.Offset); // a torn tail: the crash came before it was acknowledged to anyone
                file.Flush(flushToDisk: true);
            }
            else
            {
                damaged += piece.Length;
                SetAside(segment, bytes, piece);
                segment.AddDamage(piece.Length);
            }
        }

        segment.MarkDurable();
        return damaged;
    }

    private static void SetAside(Segment segment, byte[] bytes, SegmentScan.Piece piece)
    {
        string path = $"{segment.Path}.{piece.Offset}{DamagedExtension}";
        if (!File.Exists(path))
        {
            DurableFile.Replace(path, bytes.AsSpan(piece.Offset, piece.Length), DurableFile.Private);
        }
    }

    private static void LimitDamagedFiles(string folder)
    {
        string[] files = Directory.GetFiles(folder, "*" + DamagedExtension);
        Array.Sort(files, StringComparer.Ordinal);
        for (var i = 0; i < files.Length - MaximumDamagedFiles; i++)
        {
            File.Delete(files[i]);
        }
    }
}
