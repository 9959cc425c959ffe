namespace HaiSoft.Agent.Readings.Services;

/// <summary>A service that is checked.</summary>
/// <param name="ServiceId">Stable on this server: "systemd:mariadb.service", "tcp:443", "http:https://shop.example/".</param>
/// <param name="Role">Which of the main services it is.</param>
/// <param name="Origin">Who wants it checked.</param>
/// <param name="Target">What is checked, and how.</param>
public sealed record ServiceDefinition(string ServiceId, ServiceRole Role, ServiceOrigin Origin, CheckTarget Target);

/// <summary>What a service is to its server (SLA 4.1).</summary>
public enum ServiceRole
{
    /// <summary>Serves web sites.</summary>
    Web = 1,

    Database = 2,

    /// <summary>Transports or delivers mail.</summary>
    Mail = 3,

    /// <summary>Answers names.</summary>
    Dns = 4,

    /// <summary>File transfer.</summary>
    Ftp = 5,

    /// <summary>Remote access.</summary>
    Ssh = 6,

    /// <summary>The hosting panel.</summary>
    Plesk = 7,

    /// <summary>Room on file systems.</summary>
    Storage = 8,

    /// <summary>Anything else that a ticket asked for.</summary>
    Other = 9,
}

/// <summary>Who wants a service checked.</summary>
public enum ServiceOrigin
{
    /// <summary>The agent found it enabled.</summary>
    Discovered = 1,

    /// <summary>The controller added it.</summary>
    Controller = 2,

    /// <summary>The server's own configuration names it.</summary>
    Local = 3,
}
