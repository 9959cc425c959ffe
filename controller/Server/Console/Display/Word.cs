using System.Text.Json;
using HaiSoft.Controller.Console.Own;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Console.Display;

/// <summary>A state as it is shown: always an icon and a word, its colour never alone.</summary>
/// <param name="Key">Of the message: "health.failed".</param>
/// <param name="Tone">Of the style sheet: "failed", "degrading", "healthy", "unknown", "quiet".</param>
/// <param name="Icon">Of wwwroot/lib/icons.</param>
internal sealed record Word(string Key, string Tone, string Icon)
{
    public static Word Of(Health health) => health switch
    {
        Health.Healthy => new("health.healthy", "healthy", "circle-check"),
        Health.Degrading => new("health.degrading", "degrading", "trending-down"),
        Health.Failed => new("health.failed", "failed", "circle-x"),
        _ => new("health.unknown", "unknown", "help-circle"),
    };

    public static Word Of(Presence presence) => presence switch
    {
        Presence.Connected => new("presence.connected", "healthy", "plug-connected"),
        Presence.Disconnected => new("presence.disconnected", "degrading", "plug-connected-x"),
        Presence.Silent => new("presence.silent", "unknown", "volume-off"),
        Presence.Revoked => new("presence.revoked", "failed", "ban"),
        _ => new("presence.never-enrolled", "quiet", "help-circle"),
    };

    public static Word Of(IncidentState state) => state switch
    {
        IncidentState.Detected => new("state.detected", "failed", "alarm"),
        IncidentState.Acknowledged => new("state.acknowledged", "degrading", "eye"),
        IncidentState.Intervention => new("state.intervention", "info", "tool"),
        _ => new("state.resolved", "healthy", "check"),
    };

    public static Word Of(IncidentKind kind) => kind switch
    {
        IncidentKind.Service => new("kind.service", "quiet", "activity"),
        IncidentKind.Hardware => new("kind.hardware", "quiet", "cpu"),
        _ => new("kind.monitoring", "quiet", "eye"),
    };

    public static Word Of(OwnServerState state) => state switch
    {
        OwnServerState.Works => new("own.state.works", "healthy", "circle-check"),
        OwnServerState.Weakening => new("own.state.weakening", "degrading", "trending-down"),
        OwnServerState.Faulty => new("own.state.faulty", "failed", "circle-x"),
        OwnServerState.Unseen => new("own.state.unseen", "unknown", "help-circle"),
        _ => new("own.state.not-watched", "quiet", "help-circle"),
    };

    public static Word Of(AccountState state) => state switch
    {
        AccountState.Active => new("account.state.active", "healthy", "circle-check"),
        AccountState.Invited => new("account.state.invited", "info", "key"),
        _ => new("account.state.disabled", "quiet", "ban"),
    };

    public static Word Of(RequestState state) => new(
        $"request.state.{KeyOf(state)}",
        state switch
        {
            RequestState.Received or RequestState.Quoted => "degrading",
            RequestState.QuoteNeeded or RequestState.Accepted or RequestState.InWork => "info",
            RequestState.Closed => "healthy",
            _ => "quiet",
        },
        state switch
        {
            RequestState.Received => "alarm",
            RequestState.InWork => "tool",
            RequestState.Closed or RequestState.Accepted => "circle-check",
            RequestState.Refused or RequestState.Withdrawn or RequestState.Declined => "ban",
            _ => "clock",
        });

    public static Word Of(QuoteState state) => new(
        $"quote.state.{KeyOf(state)}",
        state switch { QuoteState.Sent => "degrading", QuoteState.Accepted => "healthy", QuoteState.Draft => "info", _ => "quiet" },
        state switch { QuoteState.Sent => "clock", QuoteState.Accepted => "circle-check", QuoteState.Draft => "adjustments", _ => "ban" });

    public static Word Of(OperationState state) => new(
        $"operation.state.{KeyOf(state)}",
        state switch
        {
            OperationState.AwaitingApproval => "degrading",
            OperationState.Succeeded or OperationState.Reconciled => "healthy",
            OperationState.Failed or OperationState.Refused => "failed",
            OperationState.Unknown => "unknown",
            OperationState.Cancelled or OperationState.Expired => "quiet",
            _ => "info",
        },
        state switch
        {
            OperationState.AwaitingApproval or OperationState.Approved or OperationState.Sent => "clock",
            OperationState.Succeeded or OperationState.Reconciled => "circle-check",
            OperationState.Failed or OperationState.Refused => "circle-x",
            OperationState.Unknown => "help-circle",
            OperationState.Cancelled or OperationState.Expired => "ban",
            _ => "tool",
        });

    public static Word Of(RolloutState state) => state switch
    {
        RolloutState.UnderWay => new("rollout.state.under-way", "info", "tool"),
        RolloutState.Held => new("rollout.state.held", "failed", "alert-triangle"),
        RolloutState.Finished => new("rollout.state.finished", "healthy", "circle-check"),
        RolloutState.Cancelled => new("rollout.state.cancelled", "quiet", "ban"),
        _ => new("rollout.state.window-over", "quiet", "clock"),
    };

    /// <summary>The name of an enumeration's member as keys have it: "intervention-began".</summary>
    public static string KeyOf(Enum member) => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());
}
