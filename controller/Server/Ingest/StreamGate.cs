using Grpc.Core;
using HaiSoft.Controller.Identity;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Refuses streams that come too fast before anything is read or looked up for them. Enrolments and renewals pass: they are few, and an
/// agent without them is lost. Strangers take no place in the bucket: without a certificate of ours they are refused as ever.
/// </summary>
internal static class StreamGate
{
    /// <summary>Puts the gate after routing and before authorization.</summary>
    public static IApplicationBuilder UseStreamGate(this IApplicationBuilder app)
    {
        StreamAdmission admission = app.ApplicationServices.GetRequiredService<StreamAdmission>();
        return app.Use((context, next) => LetThroughAsync(admission, context, next));
    }

    private static Task LetThroughAsync(StreamAdmission admission, HttpContext context, RequestDelegate next)
    {
        bool opensStream = context.GetEndpoint()?.Metadata.GetMetadata<CallPolicyMetadata>() is { Policy: CallPolicy.Agent };
        if (!opensStream || !PeerChain.IsOurs(context) || admission.Ask() is not { } after)
            return next(context);
        Refusal refusal = new(StatusCode.Unavailable, "Too many agents dial at once, or the controller stops: come back when retry-after has passed.")
        {
            RetryAfter = after,
        };
        refusal.WriteTo(context.Response);
        return Task.CompletedTask;
    }
}
