namespace Grpc.Core;

/// <summary>How a channel is secured. What proves the client (its certificate) belongs to the HTTP handler.</summary>
public abstract class ChannelCredentials
{
    private protected ChannelCredentials(bool isSecure, CallCredentials? callCredentials)
    {
        IsSecure = isSecure;
        CallCredentials = callCredentials;
    }

    /// <summary>No TLS.</summary>
    public static ChannelCredentials Insecure { get; } = new Plain(false, null);

    /// <summary>TLS, with the trust of the HTTP handler.</summary>
    public static ChannelCredentials SecureSsl { get; } = new Plain(true, null);

    internal bool IsSecure { get; }

    internal CallCredentials? CallCredentials { get; }

    /// <summary>A channel whose calls all carry these call credentials.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return new Plain(
            channelCredentials.IsSecure,
            channelCredentials.CallCredentials is { } inner ? CallCredentials.Compose(inner, callCredentials) : callCredentials);
    }

    private sealed class Plain(bool isSecure, CallCredentials? callCredentials) : ChannelCredentials(isSecure, callCredentials);
}
