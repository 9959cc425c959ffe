using HaiSoft.Controller.Identity;

namespace HaiSoft.Controller.Api;

/// <summary>Puts the calls of technicians and of enrolment together.</summary>
internal static class ApiSetup
{
    /// <summary>Adds what the calls need.</summary>
    public static IHostApplicationBuilder AddApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<AgentsAddress>();
        builder.Services.AddSingleton<AgentIdentities>();
        builder.Services.AddSingleton<ServerShowing>();
        builder.Services.AddSingleton<ServiceChecking>();
        builder.Services.AddSingleton<OperationShowing>();
        builder.Services.AddHostedService<RevokedStreams>();
        return builder;
    }

    /// <summary>Maps the calls.</summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapCalls<EnrolmentCalls>();
        endpoints.MapCalls<RecordsCalls>();
        endpoints.MapCalls<IncidentCalls>();
        endpoints.MapCalls<CatalogueCalls>();
        endpoints.MapCalls<OperationCalls>();
        endpoints.MapCalls<RolloutCalls>();
        endpoints.MapCalls<PeopleCalls>();
        endpoints.MapCalls<RequestCalls>();
    }
}
