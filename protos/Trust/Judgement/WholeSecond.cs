using Google.Protobuf.WellKnownTypes;

namespace HaiSoft.Protocol.Trust.Judgement;

/// <summary>Instants of signed things: whole seconds, so that a person can type and compare them.</summary>
internal static class WholeSecond
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The instant; null, and a fault, when it is absent, has a fraction, or lies before 1970 or after 9999.</summary>
    public static DateTimeOffset? Read(Timestamp? time, string path, Faults faults)
    {
        if (time is { Nanos: 0, Seconds: > 0 } && time.Seconds <= Last)
            return DateTimeOffset.FromUnixTimeSeconds(time.Seconds);
        faults.Add(path, time is null ? "is missing." : "is not a whole second between 1970 and 9999: 2026-11-22T14:00:00Z.");
        return null;
    }
}
