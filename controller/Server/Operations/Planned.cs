using System.Security.Cryptography;
using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Operations;

/// <summary>What came of asking for a plan.</summary>
internal abstract record Planned
{
    /// <summary>Why there is no plan, for people.</summary>
    /// <param name="server">The server's name.</param>
    public string WhyNot(string server) => this switch
    {
        NoServer => $"There is no server '{server}': see haisoftctl servers.",
        Withheld withheld => $"Nothing is planned on {server}: {withheld.Why}.",
        Offline => $"The agent of {server} is not connected: nothing can be planned from here.",
        NoAnswer => $"The agent of {server} did not answer within {PlanAsking.Patience.TotalMinutes:0} minutes.",
        Unusable unusable => $"What {server} answered is no plan of this. {unusable.Why}",
        Refused refused => $"{server} makes no such plan ({refused.Why.Reason}): {refused.Why.Detail}",
        _ => throw new InvalidOperationException("a plan was made"),
    };

    /// <summary>There is no such server.</summary>
    internal sealed record NoServer : Planned;

    /// <summary>It is uncertain who would answer.</summary>
    internal sealed record Withheld(string Why) : Planned;

    /// <summary>Its agent has no stream open.</summary>
    internal sealed record Offline : Planned;

    /// <summary>Its agent did not answer in time.</summary>
    internal sealed record NoAnswer : Planned;

    /// <summary>It answered with something else than a plan of what was asked for.</summary>
    internal sealed record Unusable(string Why) : Planned;

    /// <summary>It cannot be done there.</summary>
    internal sealed record Refused(PlanRefusal Why) : Planned;

    /// <summary>The plan, and its exact bytes.</summary>
    internal sealed record Made(Plan Plan, ByteString Bytes) : Planned
    {
        /// <summary>SHA-256 of the exact bytes, 64 lower-case hexadecimal digits: what an order names.</summary>
        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));
    }
}
