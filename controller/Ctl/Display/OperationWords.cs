using System.Globalization;
using System.Text.Json;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Display;

/// <summary>Operations in words for people and for programs (the same words in both).</summary>
internal static class OperationWords
{
    public static string Of(OperationState state) => Snake(state);

    public static string Of(OperationStep step) => Snake(step);

    public static string Of(OrderState state) => Snake(state);

    public static string Of(OrderPhase phase) => Snake(phase);

    public static string Of(OperationKind kind) => Snake(kind);

    /// <summary>"changing 3 of 7: php-fpm-0:8.3.2-1.x86_64".</summary>
    public static string Of(OrderProgress progress)
    {
        string part = progress.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" {progress.Done} of {progress.Total}") : "";
        return $"{Of(progress.Phase)}{part}{(progress.Subject.Length > 0 ? $": {progress.Subject}" : "")}";
    }

    private static string Snake<T>(T member)
        where T : struct, Enum =>
        Enum.IsDefined(member) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString()) : "unknown";
}
