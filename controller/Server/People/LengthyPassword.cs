using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>A password is long, is not the name, and is not one character over and over; nothing else is asked of it.</summary>
internal sealed class LengthyPassword : IPasswordValidator<Person>
{
    /// <summary>Characters that a password has at least.</summary>
    public const int MinimumLength = 12;

    /// <summary>Characters that a password has at most: longer ones only cost the controller time.</summary>
    public const int MaximumLength = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Faults(user, password ?? "") is { Length: > 0 } faults ? IdentityResult.Failed(faults) : IdentityResult.Success);

    private static IdentityError[] Faults(Person user, string password) =>
    [
        .. password.Length < MinimumLength ? [new IdentityError { Code = "PasswordTooShort" }] : Array.Empty<IdentityError>(),
        .. password.Length > MaximumLength ? [new IdentityError { Code = "PasswordTooLong" }] : Array.Empty<IdentityError>(),
        .. IsGuessable(user, password) ? [new IdentityError { Code = "PasswordGuessable" }] : Array.Empty<IdentityError>(),
    ];

    private static bool IsGuessable(Person user, string password) =>
        password.Distinct().Count() < 5
        || (user.UserName is { Length: > 0 } name && password.Replace(name, "", StringComparison.OrdinalIgnoreCase).Length < MinimumLength / 2);
}
