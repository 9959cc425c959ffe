using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Rollouts;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Console.Rollouts;

/// <summary>What rollouts are for, as keys of messages have it.</summary>
internal static class RolloutWords
{
    /// <summary>As of its operations: "update-packages".</summary>
    public static string KindKey(this RolloutView rollout) => Word.KeyOf(rollout.Ask.OperationCase switch
    {
        PlanRequest.OperationOneofCase.InstallPackages => OperationKind.InstallPackages,
        PlanRequest.OperationOneofCase.UpdatePackages => OperationKind.UpdatePackages,
        _ => OperationKind.SecurityUpdates,
    });

    /// <summary>Where a server without an operation stands: "no-plan", "left-out", "unplanned".</summary>
    public static string StateKey(this RolloutServerView server) => server.Row.HasNoPlan ? "no-plan" : server.Row.IsLeftOut ? "left-out" : "unplanned";
}
