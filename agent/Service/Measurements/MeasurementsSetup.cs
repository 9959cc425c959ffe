using Microsoft.Extensions.DependencyInjection;

namespace HaiSoft.Agent.Measurements;

/// <summary>Puts the measurements together.</summary>
internal static class MeasurementsSetup
{
    public static IServiceCollection AddMeasurements(this IServiceCollection services, MeasurementsOptions options) => services
        .AddSingleton(options)
        .AddHostedService<MeasurementsMonitor>();
}
