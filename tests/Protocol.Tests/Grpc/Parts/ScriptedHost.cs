using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HaiSoft.Protocol.Tests.Grpc.Parts;

/// <summary>A host of a scripted service and a client of it, over TLS.</summary>
internal sealed class ScriptedHost : IAsyncDisposable
{
    private ScriptedHost(InteropHost host, Script script, GrpcChannel channel)
    {
        Host = host;
        Script = script;
        Channel = channel;
        Client = new TestService.TestServiceClient(channel);
    }

    public InteropHost Host { get; }

    public Script Script { get; }

    public GrpcChannel Channel { get; }

    public TestService.TestServiceClient Client { get; }

    public static async Task<ScriptedHost> StartAsync(
        Action<GrpcServiceOptions>? server = null,
        Action<GrpcChannelOptions>? client = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication, GrpcServiceEndpointConventionBuilder>? map = null)
    {
        var script = new Script();
        var host = await InteropHost.StartAsync<ScriptedService>(
            server,
            collection =>
            {
                collection.AddSingleton(script);
                services?.Invoke(collection);
            },
            map);
        return new ScriptedHost(host, script, host.Channel(client));
    }

    public static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    /// <summary>The failure that a call must end with, within ten seconds.</summary>
    public static async Task<RpcException> FailureAsync(Task call)
    {
        try
        {
            await call.WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (RpcException failure)
        {
            return failure;
        }

        throw new InvalidOperationException("The call did not fail.");
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Host.DisposeAsync();
    }
}
