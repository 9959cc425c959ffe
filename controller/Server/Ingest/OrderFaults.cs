using System.Text;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Finds what is wrong with an entry of a server's journal of orders. Names the field.</summary>
internal static class OrderFaults
{
    /// <summary>The most that is kept of an order's output, bytes.</summary>
    public const int MostOutputBytes = 256 << 10;

    private const int IdBytes = 16;
    private const int LargestOutputBytes = 16 << 10;
    private const int LongestSubject = 512;

    /// <summary>The first fault, after the report's own path; absent when there is none.</summary>
    public static string? FindIn(OrderReport report) => report switch
    {
        { OrderId.Length: not IdBytes } => $".order_id has {report.OrderId.Length} bytes instead of {IdBytes}.",
        { Entry: < 1 } => $".entry is {report.Entry}; entries are numbered from 1.",
        { EntryTime: null } => ".entry_time is absent.",
        _ when MessageFaults.FindIn(report.EntryTime) is { } time => ".entry_time" + time,
        { Step: { } step } => MessageFaults.Find(step, ".step"),
        { Output: { } output } => FindIn(output),
        { Progress: { } progress } => FindIn(progress),
        _ => " has nothing that this controller knows; it may be older than the agent.",
    };

    // What a script prints may have any character in it.
    private static string? FindIn(OrderOutput output)
    {
        if (output.OffsetBytes is < 0 or > MostOutputBytes)
            return $".output.offset_bytes is {output.OffsetBytes}: 0 to {MostOutputBytes} can be.";
        int bytes = Encoding.UTF8.GetByteCount(output.Text);
        return bytes > LargestOutputBytes ? $".output.text has {bytes} bytes; at most {LargestOutputBytes} are taken." : null;
    }

    private static string? FindIn(OrderProgress progress) => progress switch
    {
        { Done: < 0 } => $".progress.done is {progress.Done}.",
        { Total: < 0 } => $".progress.total is {progress.Total}.",
        { Subject.Length: > LongestSubject } => $".progress.subject has {progress.Subject.Length} characters; at most {LongestSubject} are taken.",
        _ => MessageFaults.Find(progress, ".progress"),
    };
}
