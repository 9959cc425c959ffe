using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>Makes accounts and passwords out of one-time links.</summary>
internal sealed class NewPeople(UserManager<Person> people, SignInLinks links, SignInLinkFile file)
{
    /// <summary>Characters that a name has at most: it stands in every line of a timeline.</summary>
    public const int MaximumNameLength = 64;

    /// <summary>Checks name and password, then makes the account and uses the link up.</summary>
    public async Task<NewPersonOutcome> MakeAsync(string? token, string name, string password, CancellationToken cancellationToken)
    {
        var person = new Person { UserName = name, LockoutEnabled = true, SecurityStamp = Guid.NewGuid().ToString("N") };
        var faults = await FaultsAsync(person, password);
        if (faults.Count > 0)
            return new NewPersonOutcome(null, SignInLinkState.Usable, faults);
        person.NormalizedUserName = people.NormalizeName(name);
        person.PasswordHash = people.PasswordHasher.HashPassword(person, password);
        var state = await links.RedeemAsync(token, person, cancellationToken);
        if (state != SignInLinkState.Usable)
            return new NewPersonOutcome(null, state, []);
        file.Remove();
        return new NewPersonOutcome(person, state, []);
    }

    /// <summary>Checks the password, then gives it to the person whose link it is and uses the link up.</summary>
    public async Task<NewPersonOutcome> SetPasswordAsync(string? token, Person person, string password, CancellationToken cancellationToken)
    {
        var faults = await PasswordFaultsAsync(person, password);
        if (faults.Count > 0)
            return new NewPersonOutcome(null, SignInLinkState.Usable, faults);
        var (state, changed) = await links.RedeemAsync(token, people.PasswordHasher.HashPassword(person, password), cancellationToken);
        return new NewPersonOutcome(changed, state, []);
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(Person person, string password)
    {
        var faults = new List<string>();
        if (person.UserName!.Length > MaximumNameLength)
            faults.Add("NameTooLong");
        foreach (var validator in people.UserValidators)
            faults.AddRange((await validator.ValidateAsync(people, person)).Errors.Select(e => e.Code));
        faults.AddRange(await PasswordFaultsAsync(person, password));
        return faults;
    }

    private async Task<IReadOnlyList<string>> PasswordFaultsAsync(Person person, string password)
    {
        var faults = new List<string>();
        foreach (var validator in people.PasswordValidators)
            faults.AddRange((await validator.ValidateAsync(people, person, password)).Errors.Select(e => e.Code));
        return faults;
    }
}

/// <summary>How making an account ended.</summary>
/// <param name="Person">The account; absent when it was not made.</param>
/// <param name="Link">How the link stood.</param>
/// <param name="Faults">Identity's codes of what is wrong with name or password: "PasswordTooShort".</param>
internal sealed record NewPersonOutcome(Person? Person, SignInLinkState Link, IReadOnlyList<string> Faults);
