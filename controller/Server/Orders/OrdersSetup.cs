namespace HaiSoft.Controller.Orders;

/// <summary>Puts orders together: what they are, where they stand, how they are signed.</summary>
internal static class OrdersSetup
{
    /// <summary>Adds the order key, and what follows the life of operations.</summary>
    public static IHostApplicationBuilder AddOrders(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<OrderKey>();
        services.AddSingleton<OrderSealing>();
        services.AddSingleton<OperationChanges>();
        services.AddSingleton<RolloutStory>();
        services.AddSingleton<RolloutProgress>();
        services.AddSingleton<OperationStory>();
        services.AddSingleton<OrderQueue>();
        return builder;
    }
}
