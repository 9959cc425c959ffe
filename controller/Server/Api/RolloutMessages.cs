using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Rollouts;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Wire = HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Rollouts, to the wire. Enumerations have the same numbers on both sides.</summary>
internal static class RolloutMessages
{
    public static RolloutDetail ToMessage(RolloutDetailView detail) => new()
    {
        Rollout = ToMessage(detail.Rollout),
        Servers =
        {
            detail.Servers.Select(server => new RolloutServer
            {
                Server = server.Server,
                Wave = server.Row.Wave,
                LeftOut = server.Row.IsLeftOut,
                WithoutPlan = server.Row.HasNoPlan,
                Note = server.Operation is null ? server.Row.Note : "",
                Operation = server.Operation is { } operation ? OperationMessages.ToMessage(operation) : null,
            }),
        },
        Story =
        {
            detail.Story.Select(happened => new RolloutEvent
            {
                Step = (Wire.RolloutStep)happened.Step,
                OccurredTime = happened.At.ToTimestamp(),
                Actor = happened.Actor,
                Text = happened.Text,
            }),
        },
    };

    public static Rollout ToMessage(RolloutView view) => new()
    {
        RolloutId = view.Row.RolloutNumber.ToString(CultureInfo.InvariantCulture),
        State = (Wire.RolloutState)view.Row.State,
        What = ToMessage(view.Ask),
        RequestId = view.Row.RequestNumber?.ToString(CultureInfo.InvariantCulture) ?? "",
        StartedBy = view.StartedBy,
        StartedTime = view.Row.StartedTime.ToTimestamp(),
        WindowStartTime = view.Row.WindowStartTime.ToTimestamp(),
        WindowEndTime = view.Row.WindowEndTime.ToTimestamp(),
        Wave = view.Row.Wave,
        WaveCount = view.Row.WaveCount,
        ServerCount = view.Row.ServerCount,
        SucceededCount = view.SucceededCount,
        HeldBecause = view.Row.HeldBecause,
    };

    private static PlanOperationRequest ToMessage(PlanRequest ask) => ask.OperationCase switch
    {
        PlanRequest.OperationOneofCase.InstallPackages => new() { InstallPackages = ask.InstallPackages },
        PlanRequest.OperationOneofCase.UpdatePackages => new() { UpdatePackages = ask.UpdatePackages },
        _ => new() { SecurityUpdates = ask.SecurityUpdates },
    };
}
