namespace HaiSoft.Controller.Records;

/// <summary>Puts the records together.</summary>
internal static class RecordsSetup
{
    /// <summary>Adds customers and servers.</summary>
    public static IHostApplicationBuilder AddRecords(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Customers>();
        builder.Services.AddSingleton<Servers>();
        builder.Services.AddSingleton<RecordImport>();
        builder.Services.AddSingleton<ServerChecks>();
        return builder;
    }
}
