namespace Grpc.Core;

/// <summary>The inherited deadline (UTC; <see cref="DateTime.MaxValue"/> for none) and cancellation.</summary>
internal sealed class CallContextToken(DateTime deadline, CancellationToken cancellationToken) : ContextPropagationToken
{
    public DateTime Deadline { get; } = deadline;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}
