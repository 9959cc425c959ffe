using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>Gets an interceptor for one call.</summary>
internal static class InterceptorActivator
{
    public static Lease<Interceptor> Activate(InterceptorRegistration registration, ServerCallContext context)
    {
        var (interceptor, made) = registration.Activate(context.GetHttpContext().RequestServices);
        return new Lease<Interceptor>(interceptor, made);
    }
}
