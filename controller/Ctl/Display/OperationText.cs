using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Display;

/// <summary>What operations are for, in words for people.</summary>
internal static class OperationText
{
    public const string SecurityUpdates = "every installed package of the catalogue that an advisory is out for";

    public static string Of(PackageInstall package) => string.Join(", ", [package.Name, .. package.Choices.Select(choice => choice.ChoiceCase switch
    {
        PackageChoice.ChoiceOneofCase.ServiceEnabled => choice.ServiceEnabled ? "service enabled" : "service not enabled",
        PackageChoice.ChoiceOneofCase.Port => $"port {choice.Port}",
        PackageChoice.ChoiceOneofCase.DocumentRoot => $"document root {choice.DocumentRoot}",
        _ => "unknown choice",
    })]);

    public static string Of(Undo undo) => $"of the order {Convert.ToHexStringLower(undo.OrderId.Span)}";
}
