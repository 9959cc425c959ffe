namespace HaiSoft.Controller.Operations;

/// <summary>How a draft, or a step of an operation, ended.</summary>
internal abstract record OperationOutcome
{
    private OperationOutcome()
    {
    }

    /// <summary>It is written down.</summary>
    /// <param name="Number">The operation.</param>
    public sealed record Done(long Number) : OperationOutcome;

    /// <summary>The server made no plan.</summary>
    /// <param name="Why">What came instead.</param>
    public sealed record NoPlan(Planned Why) : OperationOutcome;

    /// <summary>There is no such thing, or not for this actor.</summary>
    /// <param name="Words">What there is not.</param>
    public sealed record NotFound(string Words) : OperationOutcome;

    /// <summary>Nothing was written.</summary>
    /// <param name="Words">Why.</param>
    /// <param name="ByState">The state does not allow it, or servers would refuse it; otherwise what was given does not do.</param>
    /// <param name="NothingToDo">Everything is in place already.</param>
    public sealed record Refused(string Words, bool ByState = true, bool NothingToDo = false) : OperationOutcome;
}
