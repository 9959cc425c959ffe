namespace HaiSoft.Controller.Storage;

/// <summary>Ids that sort by the time they were made.</summary>
public static class NewId
{
    /// <summary>A new id: 32 hexadecimal digits, the first twelve of them the time.</summary>
    public static string At(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
