using System.Globalization;
using System.Text.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Display;

/// <summary>Requests and quotes in words for people and for programs (the same words in both).</summary>
internal static class RequestWords
{
    /// <summary>What can be typed for a kind.</summary>
    public static readonly IReadOnlyDictionary<string, RequestKind> Kinds = new Dictionary<string, RequestKind>(StringComparer.Ordinal)
    {
        ["install"] = RequestKind.InstallPackages,
        ["update"] = RequestKind.UpdateComponents,
        ["monitor"] = RequestKind.MonitorService,
        ["mail"] = RequestKind.MailHelp,
        ["other"] = RequestKind.Other,
    };

    /// <summary>What can be typed for a component.</summary>
    public static readonly IReadOnlyDictionary<string, UpdatedComponent> Components = new Dictionary<string, UpdatedComponent>(StringComparer.Ordinal)
    {
        ["php"] = UpdatedComponent.Php,
        ["mysql"] = UpdatedComponent.Mysql,
        ["apache"] = UpdatedComponent.Apache,
        ["plesk"] = UpdatedComponent.Plesk,
        ["perl"] = UpdatedComponent.Perl,
        ["security"] = UpdatedComponent.AllSecurity,
    };

    public static string Of(RequestKind kind) => Kinds.FirstOrDefault(pair => pair.Value == kind).Key ?? "unknown";

    public static string Of(UpdatedComponent component) => Components.FirstOrDefault(pair => pair.Value == component).Key ?? "unknown";

    public static string Of(RequestState state) => Snake(state);

    public static string Of(RequestStep step) => Snake(step);

    public static string Of(QuoteState state) => Snake(state);

    /// <summary>"1,250.00 EUR", excluding VAT.</summary>
    public static string Of(Euro? amount) => string.Create(CultureInfo.InvariantCulture, $"{(amount?.Cents ?? 0) / 100m:#,##0.00} EUR");

    /// <summary>What is asked for, on one line.</summary>
    public static string Of(Wish wish) => wish.Kind switch
    {
        RequestKind.InstallPackages => $"install {string.Join(", ", wish.Packages)}",
        RequestKind.UpdateComponents => $"update {string.Join(", ", wish.Components.Select(Of))}",
        RequestKind.MonitorService => $"monitor {wish.Check}",
        RequestKind.MailHelp => "mail",
        _ => "other",
    };

    private static string Snake<T>(T member)
        where T : struct, Enum =>
        Enum.IsDefined(member) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString()) : "unknown";
}
