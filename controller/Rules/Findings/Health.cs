namespace HaiSoft.Controller.Rules.Findings;

/// <summary>How well something is, as judged. Stored by number: never change one, only add.</summary>
public enum Health
{
    /// <summary>No fault in what was read.</summary>
    Healthy = 1,

    /// <summary>Will fail: no clock runs.</summary>
    Degrading = 2,

    /// <summary>Failed, or down.</summary>
    Failed = 3,

    /// <summary>Could not be read, or not for too long. Never healthy.</summary>
    Unknown = 4,
}
