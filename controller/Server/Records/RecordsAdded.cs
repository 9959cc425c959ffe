namespace HaiSoft.Controller.Records;

/// <summary>How adding records ended: all of them, or none.</summary>
public abstract record RecordsAdded
{
    private RecordsAdded()
    {
    }

    /// <summary>They are there.</summary>
    /// <param name="Names">The names of the new records.</param>
    public sealed record Done(IReadOnlyList<string> Names) : RecordsAdded;

    /// <summary>None was added.</summary>
    /// <param name="Faults">Every fault that was found.</param>
    public sealed record Refused(IReadOnlyList<RecordFault> Faults) : RecordsAdded;
}
