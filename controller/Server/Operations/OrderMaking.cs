using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Operations;

/// <summary>Makes an order of a plan. Pure, but for its random id.</summary>
internal static class OrderMaking
{
    /// <summary>The order.</summary>
    /// <param name="draft">What it is drafted from.</param>
    /// <param name="plan">What its server resolved.</param>
    /// <param name="planHash">SHA-256 of the plan's exact bytes, in hexadecimal.</param>
    /// <param name="now">When it is made.</param>
    public static Order Make(OperationDraft draft, Plan plan, string planHash, DateTimeOffset now)
    {
        (DateTimeOffset start, DateTimeOffset end) = draft.WindowAt(now);
        return new Order
        {
            OrderId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(OrderRules.IdLength)),
            MachineId = plan.MachineId,
            CreatedTime = OperationDraft.WholeSecond(now).ToTimestamp(),
            ExpiryTime = end.ToTimestamp(),
            WindowStartTime = start.ToTimestamp(),
            WindowEndTime = end.ToTimestamp(),
            PlanHash = ByteString.CopyFrom(Convert.FromHexString(planHash)),
            PackageStateHash = plan.PackageStateHash,
            Origin = draft.RequestNumber is null ? RequestOrigin.Technician : RequestOrigin.Customer,
            ServerCount = draft.Rollout?.ServerCount ?? 1,
            EmergencyIncidentId = draft.IncidentNumber?.ToString(CultureInfo.InvariantCulture) ?? "",
            Reboot = draft.Reboot,
        }.For(plan.WhatIsPlanned());
    }

    /// <summary>The customer is asked before: something stops for a moment, or goes away.</summary>
    public static bool NeedsConsent(Order order, Plan plan) => plan.RestartedUnits.Count > 0 || plan.RebootNeeded || order.Reboot == RebootPolicy.Always
        || plan.Changes.Any(change => change.Action is PackageAction.Remove or PackageAction.Obsolete);
}
