using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HaiSoft.Controller.Storage;

/// <summary>How instants lie in the database: whole microseconds since 1970-01-01 UTC.</summary>
public static class UnixMicroseconds
{
    /// <summary>The stored form of an instant; what is finer than a microsecond is cut.</summary>
    public static long ToUnixMicroseconds(this DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The stored form of an instant that may be absent.</summary>
    public static long? ToUnixMicroseconds(this DateTimeOffset? instant) => instant?.ToUnixMicroseconds();

    /// <summary>The instant of a stored form.</summary>
    public static DateTimeOffset FromUnixMicroseconds(this long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    /// <summary>The instant of a stored form that may be absent.</summary>
    public static DateTimeOffset? FromUnixMicroseconds(this long? microseconds) => microseconds?.FromUnixMicroseconds();

    /// <summary>Used for every instant of the EF model.</summary>
    internal sealed class Converter() : ValueConverter<DateTimeOffset, long>(t => t.ToUnixMicroseconds(), m => m.FromUnixMicroseconds());
}
