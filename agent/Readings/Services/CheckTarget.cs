namespace HaiSoft.Agent.Readings.Services;

/// <summary>What is checked, and how. The host is always the server itself.</summary>
public abstract record CheckTarget
{
    private protected CheckTarget()
    {
    }
}

/// <summary>The state of a systemd unit.</summary>
/// <param name="Unit">The unit's name, with its suffix.</param>
public sealed record SystemdTarget(string Unit) : CheckTarget;

/// <summary>A TCP connection.</summary>
/// <param name="Port">1 to 65535.</param>
public sealed record TcpTarget(int Port) : CheckTarget;

/// <summary>A GET.</summary>
/// <param name="Port">1 to 65535.</param>
/// <param name="HostName">The name for Host and for the certificate.</param>
/// <param name="Tls">Over TLS.</param>
/// <param name="Path">The path that is asked for, starting with a slash.</param>
public sealed record HttpTarget(int Port, string HostName, bool Tls, string Path) : CheckTarget;

/// <summary>Room on a file system.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
public sealed record FileSystemTarget(string MountPoint) : CheckTarget;
