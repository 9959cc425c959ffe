using System.Reflection;
using Grpc.AspNetCore.Server.Handlers;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Mapping;

/// <summary>Finds the methods of a service by the binding that its generated base class names, and maps each.</summary>
internal sealed class ServiceMethodBinder<TService>(IEndpointRouteBuilder routes, ServiceSettings settings, ILogger logger) : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public void Bind()
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} is no gRPC service: it must derive from a generated base class.");
        var bind = attribute.BindType.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.NonPublic).SingleOrDefault(IsBind(attribute))
            ?? throw new InvalidOperationException($"{attribute.BindType} has no method {attribute.BindMethodName} that binds {typeof(TService)}.");
        bind.Invoke(null, [this, null]);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var (target, invoke) = Find<UnaryInvocation<TService, TRequest, TResponse>>(method, typeof(TRequest), typeof(ServerCallContext));
        Map(method, target, new UnaryHandler<TService, TRequest, TResponse>(method, settings, logger, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (target, invoke) = Find<ClientStreamingInvocation<TService, TRequest, TResponse>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        Map(method, target, new ClientStreamingHandler<TService, TRequest, TResponse>(method, settings, logger, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (target, invoke) = Find<ServerStreamingInvocation<TService, TRequest, TResponse>>(
            method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Map(method, target, new ServerStreamingHandler<TService, TRequest, TResponse>(method, settings, logger, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (target, invoke) = Find<DuplexStreamingInvocation<TService, TRequest, TResponse>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Map(method, target, new DuplexStreamingHandler<TService, TRequest, TResponse>(method, settings, logger, invoke).HandleAsync);
    }

    private static Func<MethodInfo, bool> IsBind(BindServiceMethodAttribute attribute) => method =>
        method.Name == attribute.BindMethodName
        && method.GetParameters() is [var binder, var service]
        && binder.ParameterType == typeof(ServiceBinderBase)
        && service.ParameterType.IsAssignableFrom(typeof(TService));

    private static (MethodInfo Method, TInvocation Invoke) Find<TInvocation>(IMethod method, params Type[] parameters)
        where TInvocation : Delegate
    {
        var found = typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");
        return (found, found.CreateDelegate<TInvocation>());
    }

    private void Map(IMethod method, MethodInfo target, RequestDelegate handle)
    {
        // The class first: what is said of the method itself comes last and wins.
        object[] metadata =
        [
            new GrpcMethodMetadata(typeof(TService), method),
            .. typeof(TService).GetCustomAttributes(inherit: true),
            .. target.GetCustomAttributes(inherit: true),
            new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true),
        ];
        _endpoints.Add(routes.Map(RoutePatternFactory.Parse(method.FullName), handle).WithDisplayName($"gRPC - {method.FullName}").WithMetadata(metadata));
    }
}
