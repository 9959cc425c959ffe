using Google.Protobuf.WellKnownTypes;

namespace HaiSoft.Ctl.Display;

/// <summary>Instants of bytes that nobody has judged.</summary>
internal static class Instants
{
    /// <summary>The instant; null when there is none in it.</summary>
    public static DateTimeOffset? Read(Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
