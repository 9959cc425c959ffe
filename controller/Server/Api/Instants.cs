using Google.Protobuf.WellKnownTypes;

namespace HaiSoft.Controller.Api;

/// <summary>Instants that came over the wire.</summary>
internal static class Instants
{
    private const long LastSecond = 253402300799;
    private const long FirstSecond = -62135596800;

    /// <summary>The instant; null when it is absent or outside the calendar.</summary>
    public static DateTimeOffset? Read(Timestamp? timestamp) =>
        timestamp is { Seconds: >= FirstSecond and <= LastSecond, Nanos: >= 0 and < 1_000_000_000 } ? timestamp.ToDateTimeOffset() : null;

    /// <summary>As it goes over the wire; null for none.</summary>
    public static Timestamp? Write(DateTimeOffset? instant) => instant?.ToTimestamp();
}
