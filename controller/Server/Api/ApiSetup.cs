using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Listeners;

namespace HaiSoft.Controller.Api;

/// <summary>Puts the calls of technicians and of enrolment together.</summary>
internal static class ApiSetup
{
    /// <summary>Adds what the calls need.</summary>
    public static IHostApplicationBuilder AddApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<AgentsAddress>();
        return builder;
    }

    /// <summary>Maps the calls, and the CA's certificate for who pins its hash.</summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapCalls<EnrolmentCalls>();
        endpoints.MapCalls<RecordsCalls>();
        endpoints.MapGet("/ca", (CertificateAuthority authority) => Results.Bytes(authority.Certificate.RawData, "application/pkix-cert"))
            .WithMetadata(new OnListener(ListenerKind.Agents), new OnListener(ListenerKind.Technicians))
            .AllowAnonymous();
    }
}
