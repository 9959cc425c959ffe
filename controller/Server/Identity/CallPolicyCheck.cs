using HaiSoft.Controller.Listeners;
using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Identity;

/// <summary>Refuses to start while something can be called without anybody having said who may (DESIGN 4).</summary>
internal static class CallPolicyCheck
{
    /// <summary>Looks at everything that is mapped. Call it last.</summary>
    /// <exception cref="StartRefusedException">A call or a page has no policy.</exception>
    public static void RefuseWhatHasNoPolicy(this WebApplication app)
    {
        bool fallback = app.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.FallbackPolicy is not null;
        string[] open = [.. ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => !IsGoverned(endpoint, fallback) && !IsUnimplemented(endpoint))
            .Select(endpoint => endpoint.DisplayName ?? endpoint.ToString()!)
            .Distinct()
            .Order(StringComparer.Ordinal)];
        if (open.Length > 0)
        {
            throw new StartRefusedException(
                $"These calls have no policy: {string.Join(", ", open)}. This is a fault of the program: give each a line in CallPolicies "
                + "and map it with MapCalls, or give the page a policy.",
                StartExitCode.Policy,
                cause: null);
        }
    }

    private static bool IsGoverned(Endpoint endpoint, bool fallback)
    {
        EndpointMetadataCollection metadata = endpoint.Metadata;
        bool said = metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<IAllowAnonymous>() is not null;
        bool ofAnAgentOrTechnician = metadata.GetMetadata<OnListener>() is { Kind: not ListenerKind.Console };
        return IsRpc(endpoint) ? said && ofAnAgentOrTechnician : said || fallback;
    }

    // What gRPC maps to answer UNIMPLEMENTED with; no code of ours runs behind it.
    private static bool IsUnimplemented(Endpoint endpoint) =>
        endpoint is RouteEndpoint route && route.RoutePattern.GetParameter("unimplementedMethod") is not null;

    private static bool IsRpc(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && path.TrimStart('/').StartsWith("haisoft.", StringComparison.Ordinal);
}
