using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Trust;

/// <summary>Where a root that was offered stands among those that are held. A controller offers more than a server lacks.</summary>
internal static class OfferedRoot
{
    /// <summary>The version that it claims; the highest for what cannot be read, so that it is judged after those that can.</summary>
    public static long VersionOf(byte[] envelope) => Read(envelope)?.Version ?? long.MaxValue;

    /// <summary>True for one that comes before the root that is held, or before the one that is trusted first: it is passed over.</summary>
    public static bool IsBefore(byte[] envelope, TrustedRoot? held, string fingerprint)
    {
        if (Read(envelope) is not { } root)
            return false;
        return held is null ? OpenedEnvelope.Open(envelope).Accepted.Sha256 != fingerprint : root.Version < held.Content.Version;
    }

    private static Root? Read(byte[] envelope)
    {
        var opened = OpenedEnvelope.Open(envelope, PayloadTypes.Root);
        if (opened.Refusal is not null)
            return null;
        var root = ExactBytes.Read(Root.Parser, opened.Accepted.Payload.Span);
        return root.Refusal is null ? root.Accepted : null;
    }
}
