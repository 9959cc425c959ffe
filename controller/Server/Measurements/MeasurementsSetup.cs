namespace HaiSoft.Controller.Measurements;

/// <summary>Puts the measurements together.</summary>
public static class MeasurementsSetup
{
    /// <summary>Adds the store of numeric series.</summary>
    public static IHostApplicationBuilder AddMeasurements(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MeasurementStore>();
        return builder;
    }
}
