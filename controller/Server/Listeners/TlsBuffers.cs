using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace HaiSoft.Controller.Listeners;

/// <summary>
/// What OpenSSL keeps of its own for a connection: two buffers of 16 KiB, for the record that is read and the one that is written, though an
/// agent's stream says nothing for most of a minute. OpenSSL can free each whenever it is empty (SSL_MODE_RELEASE_BUFFERS, man SSL_CTX_set_mode),
/// but the runtime has no option for it: so its handle is asked for. Where that is not found all goes on as it was, with 33 kB more a connection.
/// </summary>
internal static partial class TlsBuffers
{
    // ssl.h: SSL_CTRL_MODE, SSL_MODE_RELEASE_BUFFERS; the same in all versions 3.
    private const int SetMode = 33;
    private const nint ReleaseWhenEmpty = 0x10;

    // What points to OpenSSL's SSL and to nothing else; in other runtimes a handle of another kind lay in its place.
    private const string OwnHandle = "SafeSslHandle";

    private static readonly FieldInfo? Session = FindSession();

    /// <summary>Lets the connection's buffers go whenever they are empty.</summary>
    public static void ReleaseWhenIdle(ConnectionContext connection)
    {
        if (connection.Features.Get<ISslStreamFeature>()?.SslStream is { } tls)
            ReleaseWhenIdle(tls);
    }

    /// <param name="tls">After its handshake.</param>
    /// <returns>False: this runtime or this OpenSSL is one that is not known.</returns>
    public static bool ReleaseWhenIdle(SslStream tls) =>
        Session?.GetValue(tls) is SafeHandle { IsInvalid: false, IsClosed: false } session
        && session.GetType().Name == OwnHandle
        && (Control(session, SetMode, ReleaseWhenEmpty, 0) & ReleaseWhenEmpty) != 0;

    // Only the library that the runtime itself has loaded may touch what it made.
    private static FieldInfo? FindSession()
    {
        FieldInfo? field = typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);
        return OperatingSystem.IsLinux()
            && field?.FieldType.BaseType?.BaseType == typeof(SafeHandle)
            && SafeEvpPKeyHandle.OpenSslVersion is >= 0x30000000 and < 0x40000000
            && NativeLibrary.TryLoad("libssl.so.3", out _)
            ? field
            : null;
    }

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_ctrl")]
    private static partial nint Control(SafeHandle session, int command, nint value, nint pointer);
}
