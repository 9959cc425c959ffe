using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Display;

/// <summary>What the protocol says, in words for people and for programs (the same words in both).</summary>
internal static class Words
{
    /// <summary>Text from agents is hostile: what could move a cursor or hide is shown as its code (DESIGN 3).</summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsHidden))
            return text;
        StringBuilder visible = new(text.Length + 8);
        foreach (char c in text)
        {
            if (IsHidden(c))
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                visible.Append(c);
        }

        return visible.ToString();
    }

    public static string Of(ServerKind kind) => kind == ServerKind.Virtual ? "virtual" : "dedicated";

    public static string Of(Health health) => health switch
    {
        Health.Healthy => "healthy",
        Health.Degrading => "degrading",
        Health.Failed => "failed",
        _ => "unknown",
    };

    public static string Of(AgentPresence presence) => presence switch
    {
        AgentPresence.Connected => "connected",
        AgentPresence.Disconnected => "disconnected",
        AgentPresence.Silent => "silent",
        AgentPresence.Revoked => "revoked",
        _ => "never_enrolled",
    };

    public static string Of(IncidentState state) => state switch
    {
        IncidentState.Detected => "detected",
        IncidentState.Acknowledged => "acknowledged",
        IncidentState.Intervention => "intervention",
        IncidentState.Resolved => "resolved",
        _ => "unknown",
    };

    public static string Of(IncidentKind kind) => kind switch
    {
        IncidentKind.Service => "service",
        IncidentKind.Hardware => "hardware",
        IncidentKind.Monitoring => "monitoring",
        _ => "unknown",
    };

    public static string Of(ClockKind kind) => kind == ClockKind.Replacement ? "replacement" : "intervention";

    public static string Of(ClockState state) => state switch
    {
        ClockState.Running => "running",
        ClockState.Met => "met",
        ClockState.Breached => "breached",
        _ => "unknown",
    };

    public static string Of(PersonRole role) => role switch
    {
        PersonRole.Customer => "customer",
        PersonRole.Technician => "technician",
        PersonRole.Approver => "approver",
        PersonRole.Administrator => "administrator",
        _ => "unknown",
    };

    public static string Of(PersonState state) => state switch
    {
        PersonState.Invited => "invited",
        PersonState.Active => "active",
        PersonState.Disabled => "disabled",
        _ => "unknown",
    };

    public static string Of(Euro? fee, FeePeriod period) => string.Create(
        CultureInfo.InvariantCulture, $"{(fee?.Cents ?? 0) / 100m:0.00}/{(period == FeePeriod.Year ? "year" : "month")}");

    public static DateTimeOffset? Of(Timestamp? time) => time?.ToDateTimeOffset();

    private static bool IsHidden(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
