using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>Signs people in and out of the console, counts wrong tries, and keeps a record of each.</summary>
internal sealed class SignInAttempts(
    SignInManager<Person> signIn, UserManager<Person> people, PasskeyQuestions questions, PasskeyRecords used, SignInRecords records)
{
    private static readonly Person Nobody = new() { Id = "nobody", UserName = "nobody" };
    private static readonly string NobodysPassword = new PasswordHasher<Person>().HashPassword(Nobody, Guid.NewGuid().ToString());

    /// <summary>Tries a password. A name that cannot sign in costs as much time as a wrong password.</summary>
    public async Task<SignInStep> TryPasswordAsync(string name, string password, string address, CancellationToken cancellationToken)
    {
        if (await people.FindByNameAsync(name) is not { PasswordHash: not null, DisabledTime: null } person)
        {
            people.PasswordHasher.VerifyHashedPassword(Nobody, NobodysPassword, password);
            return SignInStep.Refused;
        }

        var result = await signIn.PasswordSignInAsync(person, password, isPersistent: false, lockoutOnFailure: true);
        return await ConcludeAsync(person, result, SignInOutcome.Password, address, cancellationToken);
    }

    /// <summary>Tries a code of the authenticator, after a password was right.</summary>
    public async Task<SignInStep> TryCodeAsync(string code, string address, CancellationToken cancellationToken)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { DisabledTime: null } person)
            return SignInStep.StartAgain;
        // A secret that is shown to be scanned, and was not confirmed yet, is no second factor.
        var result = person.TwoFactorEnabled
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
            : SignInResult.Failed;
        return await ConcludeAsync(person, result, SignInOutcome.Totp, address, cancellationToken);
    }

    /// <summary>Tries a recovery code, after a password was right; it is used up.</summary>
    public async Task<SignInStep> TryRecoveryCodeAsync(string code, string address, CancellationToken cancellationToken)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { DisabledTime: null } person)
            return SignInStep.StartAgain;
        if (await people.IsLockedOutAsync(person))
            return await ConcludeAsync(person, SignInResult.LockedOut, SignInOutcome.RecoveryCode, address, cancellationToken);
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (!result.Succeeded)
            await people.AccessFailedAsync(person);
        return await ConcludeAsync(person, result, SignInOutcome.RecoveryCode, address, cancellationToken);
    }

    /// <summary>Tries a passkey, which is both factors: it is held, and it asks who holds it (PIN, fingerprint).</summary>
    /// <param name="credential">What the browser answers (AuthenticationResponseJSON).</param>
    public async Task<SignInStep> TryPasskeyAsync(string credential, HttpContext context, string address, CancellationToken cancellationToken)
    {
        if (await questions.JudgeSignInAsync(credential, context) is not { } asserted)
            return SignInStep.StartAgain;
        if (PasskeyAnswer.Read(credential) is not { } answer
            || await people.FindByPasskeyIdAsync(answer.CredentialId) is not { PasswordHash: not null, DisabledTime: null } person)
            return SignInStep.Refused;
        if (await people.IsLockedOutAsync(person))
            return await ConcludeAsync(person, SignInResult.LockedOut, SignInOutcome.Passkey, address, cancellationToken);
        if (!asserted.Succeeded || asserted.User.Id != person.Id || !asserted.Passkey.CredentialId.AsSpan().SequenceEqual(answer.CredentialId))
        {
            await people.AccessFailedAsync(person);
            return await ConcludeAsync(person, SignInResult.Failed, SignInOutcome.Passkey, address, cancellationToken);
        }

        await people.AddOrUpdatePasskeyAsync(person, asserted.Passkey);
        await people.ResetAccessFailedCountAsync(person);
        await signIn.SignInAsync(person, isPersistent: false);
        await used.UsedAsync(answer.CredentialId, cancellationToken);
        return await ConcludeAsync(person, SignInResult.Success, SignInOutcome.Passkey, address, cancellationToken);
    }

    /// <summary>Signs in somebody whose account was made a moment ago.</summary>
    public async Task WelcomeAsync(Person person, string address, CancellationToken cancellationToken)
    {
        await signIn.SignInAsync(person, isPersistent: false);
        await records.AddAsync(person, address, SignInOutcome.Link, cancellationToken);
    }

    public Task SignOutAsync() => signIn.SignOutAsync();

    private async Task<SignInStep> ConcludeAsync(
        Person person, SignInResult result, SignInOutcome when, string address, CancellationToken cancellationToken)
    {
        if (result.RequiresTwoFactor)
            return SignInStep.NeedsCode;
        var outcome = result.Succeeded ? when : result.IsLockedOut ? SignInOutcome.LockedOut : SignInOutcome.Refused;
        await records.AddAsync(person, address, outcome, cancellationToken);
        return result.Succeeded ? SignInStep.SignedIn : SignInStep.Refused;
    }
}

/// <summary>What comes after a try to sign in. A locked account looks refused: names are not to be guessed by it.</summary>
internal enum SignInStep
{
    /// <summary>In.</summary>
    SignedIn,

    /// <summary>The password was right, a code is asked for.</summary>
    NeedsCode,

    /// <summary>Wrong, or locked.</summary>
    Refused,

    /// <summary>The password was too long ago.</summary>
    StartAgain,
}
