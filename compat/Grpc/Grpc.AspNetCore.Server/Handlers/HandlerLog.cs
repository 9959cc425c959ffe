using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>What is logged of a service's calls.</summary>
internal static partial class HandlerLog
{
    [LoggerMessage(1, LogLevel.Error, "The handler of {Method} failed.")]
    public static partial void Failed(ILogger logger, string method, Exception exception);
}
