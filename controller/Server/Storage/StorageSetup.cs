using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Storage;

/// <summary>Puts the store together.</summary>
public static class StorageSetup
{
    /// <summary>Adds the data folder, the database and its one writer.</summary>
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StoreOptions>().Bind(builder.Configuration.GetSection("Controller")).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StoreOptions>, Validation>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DataFolder>();
        builder.Services.AddSingleton<StoreConnections>();
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddDbContextFactory<ControllerDbContext>(
            (services, options) => services.GetRequiredService<StoreConnections>().Engine.Configure(options));
        return builder;
    }

    private sealed class Validation : IValidateOptions<StoreOptions>
    {
        public ValidateOptionsResult Validate(string? name, StoreOptions options)
        {
            string[] faults = [.. options.Faults()];
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
