namespace HaiSoft.Controller.Audit;

/// <summary>Puts the audit together.</summary>
public static class AuditSetup
{
    /// <summary>Adds the audit chain.</summary>
    public static IHostApplicationBuilder AddAudit(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddSingleton<AuditVerification>();
        return builder;
    }
}
