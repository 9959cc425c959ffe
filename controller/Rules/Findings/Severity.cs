namespace HaiSoft.Controller.Rules.Findings;

/// <summary>Orders judgements by how much they matter.</summary>
public static class Severity
{
    /// <summary>Higher matters more: failed, unknown, degrading, healthy.</summary>
    public static int Of(Health health) => health switch
    {
        Health.Failed => 4,
        Health.Unknown => 3,
        Health.Degrading => 2,
        Health.Healthy => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(health)),
    };
}
