using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>Sets a person's second factor up (RFC 6238 codes of an authenticator application, ten recovery codes) and takes it away.</summary>
internal sealed class SecondFactor(UserManager<Person> people, GatedPeople gated, WriteGate gate, AuditLog audit)
{
    /// <summary>Recovery codes given with a second factor; each is good once.</summary>
    public const int RecoveryCodeCount = 10;

    /// <summary>The secret to be put in the authenticator; made when the person has none. Sessions stay: nothing is turned on yet.</summary>
    public async Task<string> SecretAsync(Person person, CancellationToken cancellationToken)
    {
        if (await people.GetAuthenticatorKeyAsync(person) is { Length: > 0 } key)
            return key;
        var made = people.GenerateNewAuthenticatorKey();
        await gate.WriteAsync(
            async (session, token) =>
            {
                var store = gated.StoreOn(session);
                var same = await store.FindByIdAsync(person.Id, token) ?? throw new InvalidOperationException("The account is gone.");
                await store.SetAuthenticatorKeyAsync(same, made, token);
                await store.UpdateAsync(same, token);
            },
            cancellationToken);
        return made;
    }

    /// <summary>What an authenticator scans.</summary>
    public static string AddressOf(string person, string secret) =>
        $"otpauth://totp/HaiSoft:{Uri.EscapeDataString(person)}?secret={secret}&issuer=HaiSoft&digits=6";

    /// <summary>Turns the second factor on when the code is right. Absent: the code is wrong.</summary>
    public async Task<SecondFactorChange?> TurnOnAsync(Person person, string code, CancellationToken cancellationToken) =>
        await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, code)
            ? await ChangeAsync(person, "second-factor.on", TurnOnAsync, cancellationToken)
            : null;

    /// <summary>Makes new recovery codes; the old ones are void.</summary>
    public Task<SecondFactorChange> RenewRecoveryCodesAsync(Person person, CancellationToken cancellationToken) =>
        ChangeAsync(person, "second-factor.new-recovery-codes", NewCodesAsync, cancellationToken);

    /// <summary>Takes the second factor away; the secret is forgotten.</summary>
    public Task<SecondFactorChange> TurnOffAsync(Person person, CancellationToken cancellationToken) =>
        ChangeAsync(
            person,
            "second-factor.off",
            async (manager, same) =>
            {
                await manager.SetTwoFactorEnabledAsync(same, enabled: false);
                await manager.ResetAuthenticatorKeyAsync(same);
                return [];
            },
            cancellationToken);

    private static async Task<IReadOnlyList<string>> TurnOnAsync(UserManager<Person> manager, Person person)
    {
        await manager.SetTwoFactorEnabledAsync(person, enabled: true);
        return await NewCodesAsync(manager, person);
    }

    private static async Task<IReadOnlyList<string>> NewCodesAsync(UserManager<Person> manager, Person person) =>
        [.. await manager.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodeCount) ?? []];

    private Task<SecondFactorChange> ChangeAsync(
        Person person, string action, Func<UserManager<Person>, Person, Task<IReadOnlyList<string>>> change, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                var manager = gated.ManagerOn(session);
                var same = await manager.FindByIdAsync(person.Id) ?? throw new InvalidOperationException("The account is gone.");
                var outcome = await change(manager, same);
                await audit.AppendAsync(session, new AuditEvent(person.AuditName, action, $"person:{person.Id}"), token);
                return new SecondFactorChange(same, outcome);
            },
            cancellationToken);
}

/// <summary>What a change of a second factor left.</summary>
/// <param name="Person">The person after it.</param>
/// <param name="RecoveryCodes">New recovery codes, shown once; empty when none were made.</param>
internal sealed record SecondFactorChange(Person Person, IReadOnlyList<string> RecoveryCodes);
