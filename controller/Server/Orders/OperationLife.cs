using System.Collections.Frozen;

namespace HaiSoft.Controller.Orders;

/// <summary>
/// The life of an operation: which step may be taken by whom, from where, and where it leads. Pure. What a server tells may skip
/// states, because what it told before may come later; it never goes back.
/// </summary>
internal static class OperationLife
{
    /// <summary>Nobody but the controller has it.</summary>
    public static readonly IReadOnlyList<OperationState> NotSent = [OperationState.AwaitingApproval, OperationState.Approved];

    /// <summary>States in which something may still follow.</summary>
    public static readonly IReadOnlyList<OperationState> Open =
    [
        .. NotSent, OperationState.Sent, OperationState.Received, OperationState.Verified, OperationState.Fetched, OperationState.Intent,
        OperationState.Running, OperationState.Unknown, OperationState.Rebooting,
    ];

    /// <summary>States in which something was changed, and everything may be in place.</summary>
    public static readonly IReadOnlyList<OperationState> CarriedOut = [OperationState.Succeeded, OperationState.Failed, OperationState.Reconciled];

    /// <summary>States in which its changes are in place, or may still come to be.</summary>
    public static readonly IReadOnlyList<OperationState> StandsOrMay = [.. Open, OperationState.Succeeded, OperationState.Reconciled];

    /// <summary>States from which it expires with its window: the server has not told of it.</summary>
    public static readonly IReadOnlyList<OperationState> Expiring = [.. NotSent, OperationState.Sent];

    /// <summary>Steps by which a technician says how an operation ended whose outcome is unknown.</summary>
    public static readonly IReadOnlyList<OperationStep> Settling = [OperationStep.SettleSucceeded, OperationStep.SettleFailed];

    // An order that was sent and expired here may have arrived in time: then the server's word counts.
    private static readonly OperationState[] Untold = [OperationState.Sent, OperationState.Expired];
    private static readonly OperationState[] BeforeIntent = [.. Untold, OperationState.Received, OperationState.Verified, OperationState.Fetched];
    private static readonly OperationState[] BeforeEnd = [.. BeforeIntent, OperationState.Intent, OperationState.Running];
    private static readonly OperationState[] BeforeReboot = [.. BeforeEnd, OperationState.Unknown];

    private static readonly FrozenDictionary<OperationStep, Rule> Rules = new Dictionary<OperationStep, Rule>
    {
        [OperationStep.Sign] = new(OperationParty.Technician, [OperationState.AwaitingApproval], To: null),
        [OperationStep.Approve] = new(OperationParty.Controller, [OperationState.AwaitingApproval], OperationState.Approved),
        [OperationStep.Consent] = new(OperationParty.Customer, NotSent, To: null),
        [OperationStep.Send] = new(OperationParty.Controller, [OperationState.Approved], OperationState.Sent),
        [OperationStep.Receive] = new(OperationParty.Server, Untold, OperationState.Received),
        [OperationStep.Refuse] = new(OperationParty.Server, BeforeIntent, OperationState.Refused),
        [OperationStep.Verify] = new(OperationParty.Server, [.. Untold, OperationState.Received], OperationState.Verified),
        [OperationStep.Fetch] = new(OperationParty.Server, [.. Untold, OperationState.Received, OperationState.Verified], OperationState.Fetched),
        [OperationStep.Intend] = new(OperationParty.Server, BeforeIntent, OperationState.Intent),
        [OperationStep.Run] = new(OperationParty.Server, [.. BeforeIntent, OperationState.Intent], OperationState.Running),
        [OperationStep.Reboot] = new(OperationParty.Server, BeforeReboot, OperationState.Rebooting),
        [OperationStep.Succeed] = new(OperationParty.Server, [.. BeforeEnd, OperationState.Rebooting], OperationState.Succeeded),
        [OperationStep.Fail] = new(OperationParty.Server, [.. BeforeReboot, OperationState.Rebooting], OperationState.Failed),
        [OperationStep.BreakOff] = new(OperationParty.Server, [.. BeforeEnd, OperationState.Rebooting], OperationState.Unknown),
        [OperationStep.Reconcile] = new(OperationParty.Server, [.. BeforeReboot, OperationState.Rebooting], OperationState.Reconciled),
        [OperationStep.AskCancel] = new(
            OperationParty.Technician, [OperationState.Sent, OperationState.Received, OperationState.Verified, OperationState.Fetched], To: null),
        [OperationStep.Cancel] = new(OperationParty.Technician | OperationParty.Server, [.. NotSent, .. BeforeIntent], OperationState.Cancelled),
        [OperationStep.Expire] = new(OperationParty.Controller, Expiring, OperationState.Expired),
        [OperationStep.Undo] = new(OperationParty.Technician, CarriedOut, To: null),
        [OperationStep.SettleSucceeded] = new(OperationParty.Technician, [OperationState.Unknown], OperationState.Succeeded),
        [OperationStep.SettleFailed] = new(OperationParty.Technician, [OperationState.Unknown], OperationState.Failed),
        [OperationStep.Review] = new(OperationParty.Technician, [.. Enum.GetValues<OperationState>()], To: null),
    }.ToFrozenDictionary();

    /// <summary>Where a step leads; null when this party may not take it there.</summary>
    public static OperationState? After(OperationState state, OperationStep step, OperationParty party) =>
        Rules.TryGetValue(step, out Rule? rule) && rule.Parties.HasFlag(party) && rule.From.Contains(state) && Suits(state, step, party)
            ? rule.To ?? state
            : null;

    /// <summary>Nothing follows, but what a server that had it may tell.</summary>
    public static bool IsEnded(OperationState state) => !Open.Contains(state);

    /// <summary>Why no technician says how it ended, and what there is to do instead; null where one does.</summary>
    public static string? WhyNotSettled(OperationState state) =>
        state == OperationState.Unknown ? null
        : IsEnded(state) ? "how it ended is known. Plan what brings the server where it is to be: haisoftctl operation new."
        : NotSent.Contains(state) ? "nothing was begun. Leave it with haisoftctl operation cancel."
        : "its server has not told how it ends. Wait for it: haisoftctl operation watch; it can be settled if that ends unknown.";

    /// <summary>It did not end as it should: somebody looks at it.</summary>
    public static bool IsToBeReviewed(OperationState state) => state is OperationState.Failed or OperationState.Unknown or OperationState.Refused;

    // What a server may have is not a technician's to end: it is asked.
    private static bool Suits(OperationState state, OperationStep step, OperationParty party) =>
        step != OperationStep.Cancel || (party == OperationParty.Technician) == NotSent.Contains(state);

    private sealed record Rule(OperationParty Parties, IReadOnlyList<OperationState> From, OperationState? To);
}
