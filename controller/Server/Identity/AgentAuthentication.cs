using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Identity;

/// <summary>Knows agents by their client certificate alone.</summary>
internal sealed class AgentAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AgentJudgement judgement)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AgentCertificate";

    private static readonly Refusal WithoutCertificate = new(
        StatusCode.Unauthenticated,
        "No client certificate was sent: enrol the server first (haisoftctl enroll-token --server NAME, then haisoft-agent enroll).");

    private static readonly Refusal Foreign = new(
        StatusCode.Unauthenticated,
        "The client certificate is not one that this controller's CA signed: send the one that enrolment here gave.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<CallPolicyMetadata>() is not { Policy: CallPolicy.Agent or CallPolicy.AgentRenewal } call)
            return AuthenticateResult.NoResult();
        if (ReadCertificate() is not { } certificate)
            return Fail(WithoutCertificate);
        return !PeerChain.IsOurs(Context) ? Fail(Foreign) : await JudgeAsync(certificate, call.Policy);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        (Refusal.Of(Context) ?? WithoutCertificate).WriteTo(Response);
        return Task.CompletedTask;
    }

    // A connection that was cut off meanwhile has none to show any more, and nobody waits for the answer.
    private X509Certificate2? ReadCertificate()
    {
        try
        {
            return Context.Connection.ClientCertificate;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task<AuthenticateResult> JudgeAsync(X509Certificate2 certificate, CallPolicy policy)
    {
        switch (await judgement.JudgeAsync(certificate, policy, Context.RequestAborted))
        {
            case AgentVerdict.Refused refused:
                return Fail(refused.Refusal);
            case AgentVerdict.Admitted admitted:
                admitted.Identity.AttachTo(Context);
                ClaimsIdentity agent = new([new Claim(ClaimTypes.NameIdentifier, admitted.Identity.AgentId)], Scheme.Name);
                return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(agent), Scheme.Name));
            default:
                throw new InvalidOperationException("an agent's certificate was judged neither good nor bad");
        }
    }

    private AuthenticateResult Fail(Refusal refusal)
    {
        refusal.AttachTo(Context);
        return AuthenticateResult.Fail(refusal.Detail);
    }
}
