using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>Asks browsers for passkeys and judges what they answer (WebAuthn), by ASP.NET Core Identity's handler.</summary>
internal sealed class PasskeyQuestions(IPasskeyHandler<Person> handler, PasskeyChallenges challenges, IOptions<PeopleOptions> options)
{
    /// <summary>The domain that passkeys belong to which are made at this address (WebAuthn's relying party).</summary>
    public string DomainAt(HttpRequest request) => options.Value.PasskeyDomain ?? request.Host.Host;

    /// <summary>What the browser is to ask an authenticator for (PublicKeyCredentialCreationOptionsJSON).</summary>
    public async Task<string> AskToAddAsync(Person person, HttpContext context)
    {
        var user = new PasskeyUserEntity { Id = person.Id, Name = person.UserName!, DisplayName = person.UserName! };
        var asked = await handler.MakeCreationOptionsAsync(user, context);
        challenges.Keep(context, PasskeyChallenges.Adding, asked.AttestationState ?? "");
        return asked.CreationOptionsJson;
    }

    /// <summary>What the browser is to ask any of its passkeys for (PublicKeyCredentialRequestOptionsJSON).</summary>
    public async Task<string> AskToSignInAsync(HttpContext context)
    {
        var asked = await handler.MakeRequestOptionsAsync(user: null, context);
        challenges.Keep(context, PasskeyChallenges.SignIn, asked.AssertionState ?? "");
        return asked.RequestOptionsJson;
    }

    /// <summary>Judges what an authenticator made (RegistrationResponseJSON). Absent: nothing was asked, or too long ago.</summary>
    public async Task<PasskeyAttestationResult?> JudgeAddingAsync(string credential, HttpContext context) =>
        challenges.Take(context, PasskeyChallenges.Adding) is { } state
            ? await handler.PerformAttestationAsync(new() { CredentialJson = credential, AttestationState = state, HttpContext = context })
            : null;

    /// <summary>Judges what a passkey signed to sign in (AuthenticationResponseJSON). Absent: nothing was asked, or too long ago.</summary>
    public async Task<PasskeyAssertionResult<Person>?> JudgeSignInAsync(string credential, HttpContext context) =>
        challenges.Take(context, PasskeyChallenges.SignIn) is { } state
            ? await handler.PerformAssertionAsync(new() { CredentialJson = credential, AssertionState = state, HttpContext = context })
            : null;
}
