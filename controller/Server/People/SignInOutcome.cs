namespace HaiSoft.Controller.People;

/// <summary>How a try to sign in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>Signed in, with a password alone.</summary>
    Password,

    /// <summary>Signed in, with a password and a code.</summary>
    Totp,

    /// <summary>Signed in, with a password and a recovery code.</summary>
    RecoveryCode,

    /// <summary>Signed in, with a passkey.</summary>
    Passkey,

    /// <summary>Signed in by a one-time link, which made the account.</summary>
    Link,

    /// <summary>A wrong password, code or passkey.</summary>
    Refused,

    /// <summary>Locked after too many wrong ones.</summary>
    LockedOut,
}

/// <summary>The stored names of <see cref="SignInOutcome"/>.</summary>
internal static class SignInOutcomes
{
    public static string Name(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Password => "password",
        SignInOutcome.Totp => "totp",
        SignInOutcome.RecoveryCode => "recovery-code",
        SignInOutcome.Passkey => "passkey",
        SignInOutcome.Link => "link",
        SignInOutcome.Refused => "refused",
        _ => "locked-out",
    };

    public static SignInOutcome Parse(string name) =>
        Enum.GetValues<SignInOutcome>().FirstOrDefault(o => Name(o) == name, SignInOutcome.Refused);
}
