using System.Security.Claims;
using Grpc.Core;

namespace HaiSoft.Controller.Api;

/// <summary>Who makes a technician's call.</summary>
internal static class Caller
{
    /// <summary>What names the token in what is written down: "token:HASH".</summary>
    public static string IdOf(ServerCallContext context) =>
        context.GetHttpContext().User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("a technician's call has no token");

    /// <summary>The name of the token, for the audit.</summary>
    public static string NameOf(ServerCallContext context) =>
        context.GetHttpContext().User.Identity?.Name ?? throw new InvalidOperationException("a technician's call has no technician");
}
