namespace HaiSoft.Controller.Catalogues;

/// <summary>Puts roots and catalogues together: what servers are to verify orders by.</summary>
internal static class CataloguesSetup
{
    /// <summary>Adds publishing, and what servers hold.</summary>
    public static IHostApplicationBuilder AddCatalogues(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<PublishedCatalogues>();
        services.AddSingleton<CataloguePublishing>();
        services.AddSingleton<ServerCatalogues>();
        return builder;
    }
}
