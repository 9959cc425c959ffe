using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>Gets a service for one call: as it is registered, or made anew and disposed after the call.</summary>
internal static class ServiceActivator<TService>
    where TService : class
{
    private static readonly Lazy<ObjectFactory> Factory = new(() => ActivatorUtilities.CreateFactory(typeof(TService), Type.EmptyTypes));

    public static Lease<TService> Activate(IServiceProvider services) =>
        services.GetService<TService>() is { } registered
            ? new Lease<TService>(registered, false)
            : new Lease<TService>((TService)Factory.Value(services, null), true);
}

/// <summary>Something that is disposed after the call if it was made for it.</summary>
internal readonly struct Lease<T>(T value, bool owned) : IAsyncDisposable
    where T : class
{
    public T Value { get; } = value;

    public async ValueTask DisposeAsync()
    {
        if (!owned)
        {
            return;
        }

        if (Value is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (Value as IDisposable)?.Dispose();
        }
    }
}
