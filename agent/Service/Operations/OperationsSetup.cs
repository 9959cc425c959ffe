using HaiSoft.Agent.Linux;
using Microsoft.Extensions.DependencyInjection;

namespace HaiSoft.Agent.Operations;

/// <summary>Puts together what concerns operations.</summary>
internal static class OperationsSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddOperations(this IServiceCollection services, string planSocket, string runSocket) => services
        .AddSingleton(provider => new OperationsClient(planSocket, Patience, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new OrdersClient(runSocket, Patience, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new ToldEntries(provider.GetRequiredService<StateFolder>()["orders-told"]))
        .AddSingleton<TrustKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<TrustKeeper>())
        .AddSingleton<OrderKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<OrderKeeper>());
}
