using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>Serves a method with many requests and one response.</summary>
internal sealed class ClientStreamingHandler<TService, TRequest, TResponse> : MethodHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly ClientStreamingInvocation<TService, TRequest, TResponse> _invoke;
    private readonly ClientStreamingServerMethod<TRequest, TResponse> _pipeline;

    public ClientStreamingHandler(
        Method<TRequest, TResponse> method,
        ServiceSettings settings,
        ILogger logger,
        ClientStreamingInvocation<TService, TRequest, TResponse> invoke)
        : base(method, settings, logger)
    {
        _invoke = invoke;
        _pipeline = settings.Interceptors.Reverse().Aggregate<InterceptorRegistration, ClientStreamingServerMethod<TRequest, TResponse>>(InvokeServiceAsync, Around);
    }

    protected override async Task InvokeAsync(RequestBody requests, HttpCallContext context)
    {
        var response = await _pipeline(new RequestStream<TRequest>(requests, Method.RequestMarshaller), context).ConfigureAwait(false);
        WriteSingle(response, context);
    }

    private static ClientStreamingServerMethod<TRequest, TResponse> Around(ClientStreamingServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (requests, context) =>
        {
            await using var interceptor = InterceptorActivator.Activate(registration, context);
            return await interceptor.Value.ClientStreamingServerHandler(requests, context, next).ConfigureAwait(false);
        };

    private async Task<TResponse> InvokeServiceAsync(IAsyncStreamReader<TRequest> requests, ServerCallContext context)
    {
        await using var service = ServiceActivator<TService>.Activate(context.GetHttpContext().RequestServices);
        return await _invoke(service.Value, requests, context).ConfigureAwait(false);
    }
}
