using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Finds what is wrong with a Hello.</summary>
internal static class HelloFaults
{
    private const string AnothersId =
        "hello.agent_id is not the one of the certificate: every agent needs its own identity; enrol this one again.";

    /// <summary>How the stream ends for it; absent when it has no fault.</summary>
    public static Status? Find(Hello hello, AgentIdentity identity) =>
        hello.AgentId != identity.AgentId ? new(StatusCode.PermissionDenied, AnothersId)
        : Find(hello) is { } fault ? new(StatusCode.InvalidArgument, fault)
        : null;

    private static string? Find(Hello hello)
    {
        if (hello.SpoolEpoch.Length is < 16 or > 64 || !hello.SpoolEpoch.All(char.IsAsciiHexDigitLower))
            return "hello.spool_epoch must be 16 to 64 characters of [0-9a-f].";
        if (hello.BootId.Length is 0 or > 64)
            return $"hello.boot_id has {hello.BootId.Length} characters instead of 1 to 64.";
        if (hello.RunId.Length > 64)
            return $"hello.run_id has {hello.RunId.Length} characters instead of at most 64.";
        if (hello.AgentVersion.Length is 0 or > 64)
            return $"hello.agent_version has {hello.AgentVersion.Length} characters instead of 1 to 64.";
        if (hello.SentTime is null || hello.SentUptime is null)
            return "hello.sent_time and hello.sent_uptime must be there.";
        if (hello.FirstHeldSequence < 0 || hello.LastWrittenSequence < hello.FirstHeldSequence)
            return "hello.first_held_sequence and hello.last_written_sequence do not fit together.";
        return MessageFaults.Find(hello, "hello");
    }
}
