namespace HaiSoft.Controller.Storage;

/// <summary>Another controller writes to the database: this one must not.</summary>
public sealed class StoreClaimedException : IOException
{
    /// <summary>Names the database and who holds it.</summary>
    public StoreClaimedException(string message)
        : base(message)
    {
    }
}
