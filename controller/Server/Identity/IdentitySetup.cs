using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Identity;

/// <summary>Puts together who may call, and the ports that they call on.</summary>
internal static class IdentitySetup
{
    /// <summary>Adds the CA, the ports, enrolment, renewal, revocation and the policies of calls.</summary>
    public static IHostApplicationBuilder AddIdentity(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<CertificateAuthority>();
        services.AddSingleton<ServerCertificate>();
        services.AddHostedService<ServerCertificateRenewal>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelListeners>();
        services.AddSingleton<AgentCertificates>();
        services.AddSingleton<AgentJudgement>();
        services.AddSingleton<IdentityDoubt>();
        services.AddSingleton<IdentityDecisions>();
        services.AddSingleton<ServerTrust>();
        services.AddSingleton<OrderRight>();
        services.AddSingleton<StoreGate>();
        services.AddSingleton<EnrolmentTokens>();
        services.AddSingleton<Enrolment>();
        services.AddSingleton<Renewal>();
        services.AddSingleton<TechnicianTokens>();
        services.AddHostedService<FirstTechnician>();
        AddRevocations(services);
        AddPolicies(services);
        return builder;
    }

    /// <summary>Answers calls whose caller the store does not tell; before authentication.</summary>
    public static void UseStoreGate(this WebApplication app)
    {
        StoreGate gate = app.Services.GetRequiredService<StoreGate>();
        app.Use((HttpContext context, RequestDelegate next) => gate.LetThroughAsync(context, next));
    }

    private static void AddRevocations(IServiceCollection services)
    {
        services.AddSingleton<RevocationLog>();
        services.AddSingleton<Revocations>();
        services.AddSingleton<ServerRevocation>();
        services.AddSingleton<RevocationReconciliation>();
        services.AddHostedService(provider => provider.GetRequiredService<RevocationReconciliation>());
    }

    private static void AddPolicies(IServiceCollection services)
    {
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, AgentAuthentication>(AgentAuthentication.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, TechnicianAuthentication>(TechnicianAuthentication.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(CallPolicies.NameOf(CallPolicy.Agent), SignedInBy(AgentAuthentication.SchemeName))
            .AddPolicy(CallPolicies.NameOf(CallPolicy.AgentRenewal), SignedInBy(AgentAuthentication.SchemeName))
            .AddPolicy(CallPolicies.NameOf(CallPolicy.Technician), SignedInBy(TechnicianAuthentication.SchemeName));
    }

    private static AuthorizationPolicy SignedInBy(string scheme) =>
        new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build();
}
