using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>Serves a method with one request and many responses.</summary>
internal sealed class ServerStreamingHandler<TService, TRequest, TResponse> : MethodHandler<TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly ServerStreamingInvocation<TService, TRequest, TResponse> _invoke;
    private readonly ServerStreamingServerMethod<TRequest, TResponse> _pipeline;

    public ServerStreamingHandler(
        Method<TRequest, TResponse> method,
        ServiceSettings settings,
        ILogger logger,
        ServerStreamingInvocation<TService, TRequest, TResponse> invoke)
        : base(method, settings, logger)
    {
        _invoke = invoke;
        _pipeline = settings.Interceptors.Reverse().Aggregate<InterceptorRegistration, ServerStreamingServerMethod<TRequest, TResponse>>(InvokeServiceAsync, Around);
    }

    protected override async Task InvokeAsync(RequestBody requests, HttpCallContext context)
    {
        await _pipeline(
            await requests.ReadSingleAsync(Method.RequestMarshaller).ConfigureAwait(false),
            new ResponseStream<TResponse>(context, Method.ResponseMarshaller),
            context).ConfigureAwait(false);
    }

    private static ServerStreamingServerMethod<TRequest, TResponse> Around(ServerStreamingServerMethod<TRequest, TResponse> next, InterceptorRegistration registration) =>
        async (request, responses, context) =>
        {
            await using var interceptor = InterceptorActivator.Activate(registration, context);
            await interceptor.Value.ServerStreamingServerHandler(request, responses, context, next).ConfigureAwait(false);
        };

    private async Task InvokeServiceAsync(TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context)
    {
        await using var service = ServiceActivator<TService>.Activate(context.GetHttpContext().RequestServices);
        await _invoke(service.Value, request, responses, context).ConfigureAwait(false);
    }
}
