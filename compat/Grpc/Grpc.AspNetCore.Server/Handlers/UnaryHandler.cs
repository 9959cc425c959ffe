using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>Serves a method with one request and one response.</summary>
internal sealed class UnaryHandler<TService, TRequest, TResponse> : MethodHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly UnaryInvocation<TService, TRequest, TResponse> _invoke;
    private readonly UnaryServerMethod<TRequest, TResponse> _pipeline;

    public UnaryHandler(
        Method<TRequest, TResponse> method,
        ServiceSettings settings,
        ILogger logger,
        UnaryInvocation<TService, TRequest, TResponse> invoke)
        : base(method, settings, logger)
    {
        _invoke = invoke;
        _pipeline = settings.Interceptors.Reverse().Aggregate<InterceptorRegistration, UnaryServerMethod<TRequest, TResponse>>(InvokeServiceAsync, Around);
    }

    protected override async Task InvokeAsync(RequestBody requests, HttpCallContext context)
    {
        var response = await _pipeline(await requests.ReadSingleAsync(Method.RequestMarshaller).ConfigureAwait(false), context).ConfigureAwait(false);
        WriteSingle(response, context);
    }

    private static UnaryServerMethod<TRequest, TResponse> Around(UnaryServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (request, context) =>
        {
            await using var interceptor = InterceptorActivator.Activate(registration, context);
            return await interceptor.Value.UnaryServerHandler(request, context, next).ConfigureAwait(false);
        };

    private async Task<TResponse> InvokeServiceAsync(TRequest request, ServerCallContext context)
    {
        await using var service = ServiceActivator<TService>.Activate(context.GetHttpContext().RequestServices);
        return await _invoke(service.Value, request, context).ConfigureAwait(false);
    }
}
