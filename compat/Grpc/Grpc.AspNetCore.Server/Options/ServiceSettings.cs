using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Net.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server;

/// <summary>The options of one service, decided once when it is mapped.</summary>
internal sealed record ServiceSettings(
    int? MaxSendMessageSize,
    int? MaxReceiveMessageSize,
    bool DetailedErrors,
    AcceptedEncodings Encodings,
    ICompressionProvider? ResponseCompression,
    CompressionLevel? ResponseCompressionLevel,
    IReadOnlyList<InterceptorRegistration> Interceptors)
{
    public static ServiceSettings For<TService>(IServiceProvider services)
        where TService : class
    {
        var shared = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var own = services.GetService<OwnOptions<TService>>() is null
            ? null
            : services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value;
        return Of(own ?? shared, own is null ? shared.Interceptors : shared.Interceptors.Concat(own.Interceptors));
    }

    private static ServiceSettings Of(GrpcServiceOptions options, IEnumerable<InterceptorRegistration> interceptors)
    {
        var encodings = new AcceptedEncodings(options.CompressionProviders);
        return encodings.TryFind(options.ResponseCompressionAlgorithm, out var compression)
            ? new ServiceSettings(
                options.MaxSendMessageSize,
                options.MaxReceiveMessageSize,
                options.EnableDetailedErrors ?? false,
                encodings,
                compression,
                options.ResponseCompressionLevel,
                [.. interceptors])
            : throw new InvalidOperationException(
                $"ResponseCompressionAlgorithm '{options.ResponseCompressionAlgorithm}' is not among the CompressionProviders.");
    }
}

/// <summary>Registered for services that have options of their own.</summary>
internal sealed class OwnOptions<TService>
    where TService : class
{
    /// <summary>What is set for all services holds for this one until its own options say otherwise.</summary>
    public static void Inherit(GrpcServiceOptions<TService> options, GrpcServiceOptions shared)
    {
        options.MaxSendMessageSize = shared.MaxSendMessageSize;
        options.MaxReceiveMessageSize = shared.MaxReceiveMessageSize;
        options.EnableDetailedErrors = shared.EnableDetailedErrors;
        options.ResponseCompressionAlgorithm = shared.ResponseCompressionAlgorithm;
        options.ResponseCompressionLevel = shared.ResponseCompressionLevel;
        options.CompressionProviders = [.. shared.CompressionProviders];
    }
}
