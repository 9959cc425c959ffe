namespace HaiSoft.Controller.Rules.Fees;

/// <summary>How often a fee is due. Stored by number: never change one, only add.</summary>
public enum FeePeriod
{
    /// <summary>Each month.</summary>
    Month = 1,

    /// <summary>Each year.</summary>
    Year = 2,
}
