using HaiSoft.Agent.Linux;
using Microsoft.Extensions.DependencyInjection;

namespace HaiSoft.Agent.Inventory;

/// <summary>Puts the inventory together.</summary>
internal static class InventorySetup
{
    public static IServiceCollection AddInventory(this IServiceCollection services, InventoryOptions options) => services
        .AddSingleton(options)
        .AddSingleton(provider => new VirtualizationProbe(
            provider.GetRequiredService<FileRoots>(), "/usr/bin/systemd-detect-virt", options.Patience, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new PackageProbe(
            provider.GetRequiredService<FileRoots>(), "/", options.Patience, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new LibraryFacts(options.Patience, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<InventoryReader>()
        .AddHostedService<InventoryMonitor>();
}
