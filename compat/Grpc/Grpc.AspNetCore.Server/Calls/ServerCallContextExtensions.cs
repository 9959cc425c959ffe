using Grpc.AspNetCore.Server.Calls;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>The way from a call to its HTTP request.</summary>
public static class ServerCallContextExtensions
{
    /// <summary>Where a test that makes its own <see cref="ServerCallContext"/> puts its <see cref="HttpContext"/>.</summary>
    private const string UserStateKey = "__HttpContext";

    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is HttpCallContext call)
        {
            return call.Http;
        }

        return serverCallContext.UserState.TryGetValue(UserStateKey, out var state) && state is HttpContext http
            ? http
            : throw new InvalidOperationException("This ServerCallContext was not made by a server: it has no HttpContext.");
    }
}
