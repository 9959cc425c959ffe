using HaiSoft.Controller.Listeners;
using Microsoft.AspNetCore.Authorization;

namespace HaiSoft.Controller.Identity;

/// <summary>Maps gRPC services with the policy of each of their calls.</summary>
internal static class CallMapping
{
    /// <summary>Maps a service; each call gets the port and the policy that <see cref="CallPolicies"/> gives it.</summary>
    public static void MapCalls<TService>(this IEndpointRouteBuilder endpoints)
        where TService : class =>
        endpoints.MapGrpcService<TService>().Add(Govern);

    private static void Govern(EndpointBuilder builder)
    {
        string path = builder is RouteEndpointBuilder { RoutePattern.RawText: { } text } ? "/" + text.TrimStart('/') : "";
        if (CallPolicies.Of(path) is not { } policy)
            return;
        builder.Metadata.Add(new CallPolicyMetadata(policy));
        builder.Metadata.Add(new OnListener(policy == CallPolicy.Technician ? ListenerKind.Technicians : ListenerKind.Agents));
        builder.Metadata.Add(policy == CallPolicy.Enrolment ? new AllowAnonymousAttribute() : new AuthorizeAttribute(CallPolicies.NameOf(policy)));
    }
}
