using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Files;

namespace HaiSoft.EndToEnd.Tests.Crash;

/// <summary>What an agent's spool holds, as the agent would find it at its next start; read from a copy, the spool is left as it is.</summary>
/// <param name="Epoch">The life of the spool.</param>
/// <param name="Acknowledged">How far the agent has written down that the controller holds it.</param>
/// <param name="Reports">Everything that it holds, in order.</param>
internal sealed record SpoolLeft(string Epoch, long Acknowledged, IReadOnlyList<Report> Reports)
{
    /// <summary>The highest sequence; 0 for none.</summary>
    public long Last => Reports.Count > 0 ? Reports[^1].Sequence : 0;

    /// <summary>Every sequence from the first ever is there, once: acknowledged records are kept for a day.</summary>
    public bool IsWhole => Reports.Select(report => report.Sequence).SequenceEqual(Enumerable.Range(1, Reports.Count).Select(sequence => (long)sequence));

    /// <summary>Reads the spool of a state folder, whether the agent runs or was killed, even before it had one.</summary>
    public static SpoolLeft In(string stateFolder)
    {
        using var copy = new ScratchFolder();
        var spool = new DirectoryInfo(Path.Combine(stateFolder, "spool"));
        foreach (var file in spool.Exists ? Directory.EnumerateFiles(spool.FullName) : [])
        {
            File.Copy(file, copy[Path.GetFileName(file)]);
        }

        using var store = SpoolStore.Open(new SpoolDisk(copy.Path), new SpoolOptions());
        List<SpooledRecord> records = [];
        store.Read(store.Epoch, 0, int.MaxValue, records);
        return new SpoolLeft(store.Epoch, store.Acknowledged, [.. records.Select(ReportMapping.Decode)]);
    }
}
