namespace HaiSoft.Controller.Requests;

/// <summary>What a customer asks for. Stored by number: never change one, only add.</summary>
internal enum RequestKind
{
    /// <summary>RPM packages with their basic configuration: included (SLA 5.1).</summary>
    InstallPackages = 1,

    /// <summary>Newer versions of the server's components: included (SLA 5.1).</summary>
    UpdateComponents = 2,

    /// <summary>Another service to be monitored: free of charge (SLA 4.1).</summary>
    MonitorService = 3,

    /// <summary>Mail that is blocked or marked: part of the service (SLA 5.3).</summary>
    MailHelp = 4,

    /// <summary>Anything else, in words: charged, unless a technician finds that it is included (SLA 5.2).</summary>
    Other = 5,
}

/// <summary>What can be updated. Stored by number: never change one, only add.</summary>
internal enum UpdatedComponent
{
    Php = 1,

    /// <summary>MySQL or MariaDB.</summary>
    MySql = 2,

    Apache = 3,
    Plesk = 4,
    Perl = 5,

    /// <summary>Every security update that there is.</summary>
    AllSecurity = 6,
}
