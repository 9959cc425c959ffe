using System.Text.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Display;

/// <summary>Rollouts in words for people and for programs (the same words in both).</summary>
internal static class RolloutWords
{
    public static string Of(RolloutState state) => Snake(state);

    public static string Of(RolloutStep step) => Snake(step);

    /// <summary>"update httpd, php".</summary>
    public static string Of(PlanOperationRequest what) => what.OperationCase switch
    {
        PlanOperationRequest.OperationOneofCase.InstallPackages => "install " + string.Join(", ", what.InstallPackages.Packages.Select(package => package.Name)),
        PlanOperationRequest.OperationOneofCase.UpdatePackages => "update " + string.Join(", ", what.UpdatePackages.Names),
        PlanOperationRequest.OperationOneofCase.SecurityUpdates => "security updates",
        _ => "unknown",
    };

    /// <summary>"wave 2 of 3, succeeded on 3 of 5 servers".</summary>
    public static string ProgressOf(Rollout rollout) =>
        $"wave {Math.Min(rollout.Wave, rollout.WaveCount)} of {rollout.WaveCount}, succeeded on {rollout.SucceededCount} of {rollout.ServerCount} servers";

    private static string Snake<T>(T member)
        where T : struct, Enum =>
        Enum.IsDefined(member) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString()) : "unknown";
}
