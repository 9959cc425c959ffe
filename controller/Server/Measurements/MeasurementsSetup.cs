using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Journal;
using HaiSoft.Controller.Measurements.Series;
using HaiSoft.Controller.Measurements.Upkeep;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Measurements;

/// <summary>Puts the measurements together.</summary>
public static class MeasurementsSetup
{
    /// <summary>Adds the store of numeric series and what keeps it small.</summary>
    public static IHostApplicationBuilder AddMeasurements(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<MeasurementOptions>().Bind(builder.Configuration.GetSection("Controller:Measurements")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MeasurementOptions>, Validation>();
        services.AddMeasurementStore();
        services.AddHostedService(provider => provider.GetRequiredService<MeasurementUpkeep>());
        return builder;
    }

    /// <summary>Adds the store and its upkeep, which nobody runs yet.</summary>
    internal static IServiceCollection AddMeasurementStore(this IServiceCollection services) => services
        .AddSingleton<MeasurementStore>()
        .AddSingleton<MeasurementIntake>()
        .AddSingleton<MeasurementJournal>()
        .AddSingleton<MeasurementDays>()
        .AddSingleton<CatalogueBook>()
        .AddSingleton<DamagedData>()
        .AddSingleton<DamageMending>()
        .AddSingleton<JournalSorting>()
        .AddSingleton<BlockMaking>()
        .AddSingleton<LaneCompaction>()
        .AddSingleton<DaySettling>()
        .AddSingleton<ServerUpkeep>()
        .AddSingleton<MeasurementUpkeep>();

    private sealed class Validation : IValidateOptions<MeasurementOptions>
    {
        public ValidateOptionsResult Validate(string? name, MeasurementOptions options)
        {
            string[] faults = [.. options.Faults()];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
