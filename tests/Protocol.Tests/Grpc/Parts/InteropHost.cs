using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Protocol.Tests.Grpc.Parts;

/// <summary>Our server, over TLS and in clear, on ports of its own, with the interop service.</summary>
internal sealed class InteropHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InteropHost(WebApplication app, TestCertificate certificate)
    {
        _app = app;
        Certificate = certificate;
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        TlsPort = new Uri(addresses.Single(address => address.StartsWith("https", StringComparison.Ordinal))).Port;
        ClearPort = new Uri(addresses.First(address => address.StartsWith("http:", StringComparison.Ordinal))).Port;
        MixedPort = new Uri(addresses.Last(address => address.StartsWith("http:", StringComparison.Ordinal))).Port;
    }

    public TestCertificate Certificate { get; }

    public int TlsPort { get; }

    /// <summary>HTTP/2 in clear.</summary>
    public int ClearPort { get; }

    /// <summary>HTTP/1.1 in clear.</summary>
    public int MixedPort { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<InteropHost> StartAsync(Action<GrpcServiceOptions>? options = null) => StartAsync<InteropService>(options);

    /// <summary>Starts a host of another service; <paramref name="map"/> may map more, or say more of the service.</summary>
    public static async Task<InteropHost> StartAsync<TService>(
        Action<GrpcServiceOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication, GrpcServiceEndpointConventionBuilder>? map = null)
        where TService : class
    {
        var certificate = new TestCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate.Certificate).Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc(options ?? (_ => { }));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        var service = app.MapGrpcService<TService>();
        map?.Invoke(app, service);
        await app.StartAsync();
        return new InteropHost(app, certificate);
    }

    /// <summary>A channel to this host over TLS.</summary>
    public GrpcChannel Channel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions { HttpHandler = Certificate.Handler(), DisposeHttpClient = true };
        configure?.Invoke(options);
        return GrpcChannel.ForAddress($"https://localhost:{TlsPort}", options);
    }

    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
        Certificate.Dispose();
    }
}
