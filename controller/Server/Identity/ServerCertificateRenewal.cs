namespace HaiSoft.Controller.Identity;

/// <summary>Makes a new server certificate before the one of the moment expires.</summary>
internal sealed partial class ServerCertificateRenewal(ServerCertificate certificate, TimeProvider time, ILogger<ServerCertificateRenewal> logger)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Between, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            RenewIfDue();
    }

    private void RenewIfDue()
    {
        if (!certificate.IsDue)
            return;
        certificate.Renew();
        Log.Renewed(logger, certificate.ExpiresAt);
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "The listeners have a new certificate; it expires {ExpiryTime:u}")]
        public static partial void Renewed(ILogger logger, DateTimeOffset expiryTime);
    }
}
