using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Handlers;

/// <summary>The status of a call whose handler threw.</summary>
internal static class CallFailure
{
    public static readonly Status DeadlinePassed = new(StatusCode.DeadlineExceeded, "The deadline of the call has passed.");

    public static (Status Status, Metadata? Trailers) Of(Exception failure, ServerDeadline deadline, CancellationToken aborted, bool detailed)
    {
        if (deadline.HasPassed)
        {
            return (DeadlinePassed, null);
        }

        if (failure is RpcException told)
        {
            return (told.Status, told.Trailers.Count > 0 ? told.Trailers : null);
        }

        if (aborted.IsCancellationRequested)
        {
            return (new Status(StatusCode.Cancelled, "The client ended the call."), null);
        }

        var detail = detailed
            ? $"The handler failed. {failure.GetType().Name}: {failure.Message}"
            : "The handler failed.";
        return (new Status(StatusCode.Unknown, detail, failure), null);
    }
}
