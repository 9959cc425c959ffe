using HaiSoft.Agent.Linux;
using Microsoft.Extensions.DependencyInjection;

namespace HaiSoft.Agent.Hardware;

/// <summary>Puts the hardware sensors together.</summary>
internal static class HardwareSetup
{
    public static IServiceCollection AddHardware(this IServiceCollection services, HardwareOptions options, string helperSocket) => services
        .AddSingleton(provider => new HelperClient(helperSocket, options.HelperPatience, provider.GetRequiredService<AgentClock>()))
        .AddSingleton<SmartSensor>()
        .AddSingleton<BoardSensors>()
        .AddSingleton<Temperatures>()
        .AddSingleton(options)
        .AddSingleton<HardwareSchedule>()
        .AddHostedService<HardwareMonitor>();
}
