using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Calls;

/// <summary>What a channel logs of its calls.</summary>
internal static partial class CallLog
{
    [LoggerMessage(1, LogLevel.Debug, "Starting the call {Method}.")]
    public static partial void Starting(ILogger logger, string method);

    [LoggerMessage(2, LogLevel.Debug, "The call ended with {StatusCode}.")]
    public static partial void Ended(ILogger logger, StatusCode statusCode, Exception? exception);
}
