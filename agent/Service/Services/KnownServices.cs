using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// The units that main services have on the RHEL and Debian families and on servers with Plesk (DOMAIN 4.1). A star
/// stands for instances and versions, and finds what is loaded.
/// </summary>
internal static class KnownServices
{
    /// <summary>Units and patterns, each with what it is to its server.</summary>
    public static IReadOnlyList<(string Unit, ServiceRole Role)> Units { get; } =
    [
        ("httpd.service", ServiceRole.Web),
        ("apache2.service", ServiceRole.Web),
        ("nginx.service", ServiceRole.Web),
        ("lighttpd.service", ServiceRole.Web),
        ("caddy.service", ServiceRole.Web),
        ("haproxy.service", ServiceRole.Web),
        ("varnish.service", ServiceRole.Web),
        ("litespeed.service", ServiceRole.Web),
        ("lsws.service", ServiceRole.Web),
        ("tomcat.service", ServiceRole.Web),
        ("tomcat9.service", ServiceRole.Web),
        ("tomcat10.service", ServiceRole.Web),
        ("php-fpm.service", ServiceRole.Web),
        ("php*-fpm.service", ServiceRole.Web),
        ("php*-php-fpm.service", ServiceRole.Web),
        ("plesk-php*-fpm.service", ServiceRole.Web),
        ("mariadb.service", ServiceRole.Database),
        ("mariadb@*.service", ServiceRole.Database),
        ("mysqld.service", ServiceRole.Database),
        ("mysqld@*.service", ServiceRole.Database),
        ("mysql.service", ServiceRole.Database),
        ("postgresql.service", ServiceRole.Database),
        ("postgresql@*.service", ServiceRole.Database),
        ("postgresql-*.service", ServiceRole.Database),
        ("mongod.service", ServiceRole.Database),
        ("redis.service", ServiceRole.Database),
        ("redis-server.service", ServiceRole.Database),
        ("valkey.service", ServiceRole.Database),
        ("postfix.service", ServiceRole.Mail),
        ("postfix@*.service", ServiceRole.Mail),
        ("exim.service", ServiceRole.Mail),
        ("exim4.service", ServiceRole.Mail),
        ("sendmail.service", ServiceRole.Mail),
        ("qmail.service", ServiceRole.Mail),
        ("dovecot.service", ServiceRole.Mail),
        ("courier-imap.service", ServiceRole.Mail),
        ("cyrus-imapd.service", ServiceRole.Mail),
        ("opendkim.service", ServiceRole.Mail),
        ("rspamd.service", ServiceRole.Mail),
        ("named.service", ServiceRole.Dns),
        ("named-chroot.service", ServiceRole.Dns),
        ("bind9.service", ServiceRole.Dns),
        ("unbound.service", ServiceRole.Dns),
        ("nsd.service", ServiceRole.Dns),
        ("pdns.service", ServiceRole.Dns),
        ("knot.service", ServiceRole.Dns),
        ("proftpd.service", ServiceRole.Ftp),
        ("vsftpd.service", ServiceRole.Ftp),
        ("pure-ftpd.service", ServiceRole.Ftp),
        ("sshd.service", ServiceRole.Ssh),
        ("ssh.service", ServiceRole.Ssh),
        ("sw-cp-server.service", ServiceRole.Plesk),
        ("sw-engine.service", ServiceRole.Plesk),
        ("psa.service", ServiceRole.Plesk),
        ("plesk-web-socket.service", ServiceRole.Plesk),
        ("plesk-task-manager.service", ServiceRole.Plesk),
    ];

    /// <summary>The names and patterns alone, for one call of systemctl.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Units.Select(known => known.Unit)];

    /// <summary>What a unit is to its server; <c>null</c> for one that is no main service.</summary>
    public static ServiceRole? RoleOf(string unit)
    {
        foreach ((string pattern, ServiceRole role) in Units)
        {
            if (Matches(pattern, unit))
            {
                return role;
            }
        }

        return null;
    }

    private static bool Matches(string pattern, string unit)
    {
        int star = pattern.IndexOf('*');
        return star < 0
            ? pattern == unit
            : unit.Length > pattern.Length - 1
                && unit.AsSpan().StartsWith(pattern.AsSpan(0, star))
                && unit.AsSpan().EndsWith(pattern.AsSpan(star + 1));
    }
}
