using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>Serves a method with many requests and many responses.</summary>
internal sealed class DuplexStreamingHandler<TService, TRequest, TResponse> : MethodHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly DuplexStreamingInvocation<TService, TRequest, TResponse> _invoke;
    private readonly DuplexStreamingServerMethod<TRequest, TResponse> _pipeline;

    public DuplexStreamingHandler(
        Method<TRequest, TResponse> method,
        ServiceSettings settings,
        ILogger logger,
        DuplexStreamingInvocation<TService, TRequest, TResponse> invoke)
        : base(method, settings, logger)
    {
        _invoke = invoke;
        _pipeline = settings.Interceptors.Reverse().Aggregate<InterceptorRegistration, DuplexStreamingServerMethod<TRequest, TResponse>>(InvokeServiceAsync, Around);
    }

    protected override async Task InvokeAsync(RequestBody requests, HttpCallContext context)
    {
        await _pipeline(
            new RequestStream<TRequest>(requests, Method.RequestMarshaller),
            new ResponseStream<TResponse>(context, Method.ResponseMarshaller),
            context).ConfigureAwait(false);
    }

    private static DuplexStreamingServerMethod<TRequest, TResponse> Around(DuplexStreamingServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (requests, responses, context) =>
        {
            await using var interceptor = InterceptorActivator.Activate(registration, context);
            await interceptor.Value.DuplexStreamingServerHandler(requests, responses, context, next).ConfigureAwait(false);
        };

    private async Task InvokeServiceAsync(IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        await using var service = ServiceActivator<TService>.Activate(context.GetHttpContext().RequestServices);
        await _invoke(service.Value, requests, responses, context).ConfigureAwait(false);
    }
}
