using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Tests.Helper.Trust;

/// <summary>Orders for plans, as a controller drafts them.</summary>
internal static class PlannedOrder
{
    /// <summary>One that a customer asked for, for just what a plan says, in a window of two hours from now on.</summary>
    /// <param name="bytes">The plan.</param>
    public static Order Of(ByteString bytes, DateTimeOffset time)
    {
        Plan plan = ExactBytes.Read(Plan.Parser, bytes.Span).Accepted;
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
        return new Order
        {
            OrderId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
            MachineId = plan.MachineId,
            CreatedTime = now.ToTimestamp(),
            ExpiryTime = now.AddDays(1).ToTimestamp(),
            WindowStartTime = now.AddMinutes(-1).ToTimestamp(),
            WindowEndTime = now.AddHours(2).ToTimestamp(),
            PlanHash = ByteString.CopyFrom(SHA256.HashData(bytes.Span)),
            PackageStateHash = plan.PackageStateHash,
            Origin = RequestOrigin.Customer,
            ServerCount = 1,
        }.For(plan.WhatIsPlanned());
    }
}
