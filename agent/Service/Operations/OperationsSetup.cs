using Microsoft.Extensions.DependencyInjection;

namespace HaiSoft.Agent.Operations;

/// <summary>Puts together what concerns operations.</summary>
internal static class OperationsSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddOperations(this IServiceCollection services, string socket) => services
        .AddSingleton(provider => new OperationsClient(socket, Patience, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<TrustKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<TrustKeeper>());
}
