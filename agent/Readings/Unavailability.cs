namespace HaiSoft.Agent.Readings;

/// <summary>Why something that is there could not be read.</summary>
public sealed record Unavailability
{
    public Unavailability(UnavailableReason reason, string detail)
    {
        Reason = reason;
        Detail = Wording.Bound(detail);
    }

    public UnavailableReason Reason { get; }

    /// <summary>In words, for a technician: which tool, which exit status; at most 300 characters, without control characters.</summary>
    public string Detail { get; }
}

/// <summary>Why a source could not be read.</summary>
public enum UnavailableReason
{
    /// <summary>The tool is not installed.</summary>
    ToolMissing = 1,

    /// <summary>The tool did not end in time and was killed.</summary>
    TimedOut = 2,

    /// <summary>The tool ended with an error.</summary>
    ToolFailed = 3,

    /// <summary>The output was larger than the bound.</summary>
    TooLarge = 4,

    /// <summary>The output is not what the tool prints.</summary>
    NotUnderstood = 5,

    /// <summary>The privileged helper does not answer.</summary>
    HelperDown = 6,

    /// <summary>The system said no.</summary>
    Denied = 7,
}
