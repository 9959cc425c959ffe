using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Inventory;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Measurements;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Services;
using HaiSoft.Agent.Session;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Agent.Status;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent;

/// <summary>Puts the daemon together.</summary>
internal static class AgentHost
{
    /// <summary>How long the program may take to end in good order; less than what systemd gives it.</summary>
    public static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan ShutdownWithin = TimeSpan.FromSeconds(10);

    public static IHost Build(
        AgentOptions options, IReadOnlyList<string> configurationErrors, StateFolder folder, AgentIdentity identity, ServiceNotifier notifier, ILoggerProvider log)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownWithin);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(folder)
            .AddSingleton(notifier)
            .AddSingleton(FileRoots.System)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(AgentClock.OfHost(FileRoots.System))
            .AddSingleton<Liveness>()
            .AddHostedService<Watchdog>()
            .AddSpool(options.Spool, folder)
            .AddIdentity(identity, folder)
            .AddServiceChecks(options.Services)
            .AddHardware(options.Hardware, options.HelperSocket)
            .AddMeasurements(options.Measurements)
            .AddInventory(options.Inventory)
            .AddOperations(options.PlanSocket, options.RunSocket)
            .AddSession()
            .AddHostedService<StatusWriter>();

        IHost host = builder.Build();
        TellConfiguration(host.Services.GetRequiredService<AgentFaults>(), configurationErrors);
        return host;
    }

    private static void TellConfiguration(AgentFaults faults, IReadOnlyList<string> errors)
    {
        if (errors.Count > 0)
        {
            faults.Raise(AgentPart.Configuration, "agent.json: " + string.Join("; ", errors));
        }
        else
        {
            faults.Clear(AgentPart.Configuration);
        }
    }

    private static IServiceCollection AddSpool(this IServiceCollection services, SpoolOptions options, StateFolder folder)
    {
        bool isNew = !Directory.Exists(folder.Spool);
        return services
            .AddSingleton(_ => new SeriesCatalogue(folder["series"], isNew))
            .AddSingleton(provider => new Outbox(
                () => new SpoolDisk(folder.Spool),
                options,
                provider.GetRequiredService<AgentClock>(),
                observation => ReportMapping.Encode(observation, provider.GetRequiredService<SeriesCatalogue>()),
                provider.GetRequiredService<ILogger<Outbox>>()))
            .AddSingleton(provider => provider.GetRequiredService<Outbox>().Faults)
            .AddSingleton<ResyncSignal>();
    }

    private static IServiceCollection AddIdentity(this IServiceCollection services, AgentIdentity identity, StateFolder folder) => services
        .AddSingleton(new CurrentIdentity(identity))
        .AddSingleton(new IdentityStore(folder.Path))
        .AddSingleton(provider => new ControllerClock(provider.GetRequiredService<TimeProvider>(), identity.ControllerOffset))
        .AddHostedService<Renewal>();

    private static IServiceCollection AddServiceChecks(this IServiceCollection services, ServicesOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ServiceCatalogue>()
        .AddSingleton<Discovery>()
        .AddSingleton<UnitWatch>()
        .AddSingleton(provider => new Systemctl(provider.GetRequiredService<FileRoots>(), provider.GetRequiredService<AgentClock>()))
        .AddSingleton<CheckRunner>()
        .AddSingleton<ServiceMonitor>()
        .AddHostedService(provider => provider.GetRequiredService<ServiceMonitor>());

    private static IServiceCollection AddSession(this IServiceCollection services) => services
        .AddSingleton(new LinkOptions())
        .AddSingleton<LinkState>()
        .AddSingleton<KeptConfiguration>()
        .AddSingleton<ControllerWishes>()
        .AddHostedService<Link>();
}
