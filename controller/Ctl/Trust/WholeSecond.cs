namespace HaiSoft.Ctl.Trust;

/// <summary>What is signed has whole seconds.</summary>
internal static class WholeSecond
{
    public static DateTimeOffset Of(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
