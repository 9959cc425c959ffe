using HaiSoft.Agent.Readings;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>Sets a message's field when there is something to set: what is absent must stay absent.</summary>
internal static class Optional
{
    public static void Set<T>(T? value, Action<T> set)
        where T : struct
    {
        if (value is { } present)
        {
            set(present);
        }
    }

    /// <summary>A text is bounded on the way: a firmware may say anything.</summary>
    public static void Set(string? value, Action<string> set)
    {
        if (!string.IsNullOrEmpty(value))
        {
            set(Wording.Bound(value));
        }
    }
}
