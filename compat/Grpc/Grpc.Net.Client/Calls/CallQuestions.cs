using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>What callers may ask of every kind of call, as functions that no call has to make anew.</summary>
internal static class CallQuestions
{
    public static readonly Func<object, Task<Metadata>> Headers = call => ((CallLife)call).Headers;

    public static readonly Func<object, Status> Status = call => ((CallLife)call).GetStatus();

    public static readonly Func<object, Metadata> Trailers = call => ((CallLife)call).GetTrailers();

    public static readonly Action<object> Dispose = call => ((CallLife)call).Dispose();
}
