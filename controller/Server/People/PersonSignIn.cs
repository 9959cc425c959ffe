using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>Identity's sign-in, to which a passkey is a second factor too: where there is one, a password alone does not do.</summary>
internal sealed class PersonSignIn(
    UserManager<Person> people,
    IHttpContextAccessor contexts,
    IUserClaimsPrincipalFactory<Person> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Person> confirmation)
    : SignInManager<Person>(people, contexts, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> IsTwoFactorEnabledAsync(Person user) => await UserManager.HasSecondFactorAsync(user);
}

/// <summary>Whether people have a second factor.</summary>
internal static class SecondFactors
{
    /// <summary>An authenticator application, or at least one passkey.</summary>
    public static async Task<bool> HasSecondFactorAsync(this UserManager<Person> people, Person person) =>
        person.TwoFactorEnabled || (await people.GetPasskeysAsync(person)).Count > 0;
}
