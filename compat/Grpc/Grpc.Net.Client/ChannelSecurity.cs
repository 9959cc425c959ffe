using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Checks that the credentials of a channel suit its address.</summary>
internal static class ChannelSecurity
{
    /// <summary>The credentials that every call of the channel carries.</summary>
    public static CallCredentials? CallCredentials(Uri address, GrpcChannelOptions options)
    {
        var tls = address.Scheme == Uri.UriSchemeHttps;
        if (options.Credentials is not { } credentials)
        {
            return null;
        }

        if (credentials.IsSecure != tls)
        {
            throw new InvalidOperationException(tls
                ? $"The channel's credentials are insecure, but its address '{address}' begins with https://."
                : $"The channel's credentials need TLS, but its address '{address}' begins with http://.");
        }

        if (credentials.CallCredentials is not null && !tls && !options.UnsafeUseInsecureChannelCallCredentials)
        {
            throw new InvalidOperationException($"Call credentials would be sent in clear to '{address}': use https://.");
        }

        return credentials.CallCredentials;
    }
}
