using Grpc.Core;

namespace HaiSoft.Controller.Identity;

/// <summary>Why a call is not let through, told to the caller.</summary>
/// <param name="Status">UNAUTHENTICATED: it is not known who calls. PERMISSION_DENIED: it is known, and refused.</param>
/// <param name="Detail">What is wrong and what to do.</param>
internal sealed record Refusal(StatusCode Status, string Detail)
{
    /// <summary>When to try again; absent when trying again changes nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Puts this on the request, for the answer.</summary>
    public void AttachTo(HttpContext context) => context.Features.Set(this);

    /// <summary>What was put on the request.</summary>
    public static Refusal? Of(HttpContext context) => context.Features.Get<Refusal>();

    /// <summary>Answers as gRPC does: HTTP 200, the status in the headers, no message ("Trailers-Only").</summary>
    public void WriteTo(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (RetryAfter is { } after)
            response.Headers.RetryAfter = Seconds(after);
        response.Headers["grpc-message"] = Uri.EscapeDataString(Detail).Replace("%20", " ", StringComparison.Ordinal);
    }

    /// <summary>The same for a call whose handler is at work.</summary>
    public RpcException ToException() =>
        new(new(Status, Detail), RetryAfter is { } after ? new() { { "retry-after", Seconds(after) } } : new Metadata());

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
