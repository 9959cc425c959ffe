using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>Adds passkeys to a person's account and takes them away. Either ends every other session of the person.</summary>
internal sealed class Passkeys(PasskeyQuestions questions, GatedPeople gated, WriteGate gate, AuditLog audit)
{
    /// <summary>A person has no more.</summary>
    public const int Most = 20;

    /// <summary>Characters of a name at most.</summary>
    public const int LongestName = 64;

    /// <summary>The domain that passkeys belong to which are made at this address (WebAuthn's relying party).</summary>
    public string DomainAt(HttpRequest request) => questions.DomainAt(request);

    /// <summary>What the browser is to ask an authenticator for (PublicKeyCredentialCreationOptionsJSON).</summary>
    public Task<string> AskAsync(Person person, HttpContext context) => questions.AskToAddAsync(person, context);

    /// <summary>Adds what the authenticator made.</summary>
    /// <param name="credential">What the browser answers (RegistrationResponseJSON).</param>
    public async Task<PasskeyChange> AddAsync(Person person, string name, string credential, HttpContext context, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName)
            return PasskeyChange.Refused(PasskeyFault.Name);
        if (credential.Length == 0 || await questions.JudgeAddingAsync(credential, context) is not { } made)
            return PasskeyChange.Refused(PasskeyFault.NotAsked);
        if (!made.Succeeded || made.UserEntity.Id != person.Id)
            return PasskeyChange.Refused(PasskeyFault.NotVerified);
        made.Passkey.Name = name;
        return await ChangeAsync(
            person,
            "passkey.add",
            async (people, same) =>
            {
                if ((await people.GetPasskeysAsync(same)).Count >= Most)
                    return PasskeyFault.TooMany;
                await people.AddOrUpdatePasskeyAsync(same, made.Passkey);
                return null;
            },
            cancellationToken);
    }

    /// <summary>Takes one away: not the last second factor of a technician (DOMAIN 7.7).</summary>
    public Task<PasskeyChange> RemoveAsync(Person person, byte[] credentialId, CancellationToken cancellationToken) =>
        ChangeAsync(
            person,
            "passkey.remove",
            async (people, same) =>
            {
                var all = await people.GetPasskeysAsync(same);
                if (!all.Any(p => p.CredentialId.AsSpan().SequenceEqual(credentialId)))
                    return PasskeyFault.NotThere;
                if (all.Count == 1 && !same.TwoFactorEnabled && same.CustomerId is null)
                    return PasskeyFault.LastFactor;
                await people.RemovePasskeyAsync(same, credentialId);
                return null;
            },
            cancellationToken);

    private Task<PasskeyChange> ChangeAsync(
        Person person, string action, Func<UserManager<Person>, Person, Task<PasskeyFault?>> change, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                var people = gated.ManagerOn(session);
                var same = await people.FindByIdAsync(person.Id) ?? throw new InvalidOperationException("The account is gone.");
                if (await change(people, same) is { } fault)
                    return PasskeyChange.Refused(fault);
                await people.UpdateSecurityStampAsync(same);
                await audit.AppendAsync(session, new AuditEvent(person.AuditName, action, $"person:{person.Id}"), token);
                return new PasskeyChange(same, Fault: null);
            },
            cancellationToken);
}

/// <summary>What a change of a person's passkeys left.</summary>
/// <param name="Person">The person after it; absent when nothing was changed.</param>
/// <param name="Fault">Why nothing was changed; absent when something was.</param>
internal sealed record PasskeyChange(Person? Person, PasskeyFault? Fault)
{
    public static PasskeyChange Refused(PasskeyFault fault) => new(Person: null, fault);
}

/// <summary>Why a person's passkeys were not changed.</summary>
internal enum PasskeyFault
{
    /// <summary>It has no name, or one that is too long.</summary>
    Name,

    /// <summary>The browser was not asked for one, or too long ago, or sent nothing: scripts are off, say.</summary>
    NotAsked,

    /// <summary>What came does not verify.</summary>
    NotVerified,

    /// <summary>The person has as many as it may.</summary>
    TooMany,

    /// <summary>The person has no such passkey.</summary>
    NotThere,

    /// <summary>A technician must keep a second factor.</summary>
    LastFactor,
}
