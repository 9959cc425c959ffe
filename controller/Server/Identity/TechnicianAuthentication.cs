using System.Security.Claims;
using System.Text.Encodings.Web;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Identity;

/// <summary>Knows technicians by the bearer token of their command line.</summary>
internal sealed class TechnicianAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TechnicianTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "TechnicianToken";
    private const string Bearer = "Bearer ";

    private static readonly Refusal WithoutToken = new(
        StatusCode.Unauthenticated, "No technician's token was sent: use a profile that holds one (haisoftctl --profile FILE).");

    private static readonly Refusal UnknownToken = new(
        StatusCode.Unauthenticated, "The technician's token is unknown here or was revoked: use the profile that this controller made (haisoftctl.json).");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Fail(WithoutToken);
        string token = header[Bearer.Length..].Trim();
        if (await tokens.FindNameAsync(token, Context.RequestAborted) is not { } name)
            return Fail(UnknownToken);
        Claim id = new(ClaimTypes.NameIdentifier, TechnicianTokens.IdOf(TechnicianTokens.HashOf(token)));
        ClaimsIdentity technician = new([new Claim(ClaimTypes.Name, name), id], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(technician), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        (Refusal.Of(Context) ?? WithoutToken).WriteTo(Response);
        return Task.CompletedTask;
    }

    private AuthenticateResult Fail(Refusal refusal)
    {
        refusal.AttachTo(Context);
        return AuthenticateResult.Fail(refusal.Detail);
    }
}
