namespace HaiSoft.Controller.People;

/// <summary>Somebody who can sign in, or will.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">By which it signs in.</param>
/// <param name="Role">The highest of its roles: administrator, approver, technician or customer.</param>
/// <param name="Customer">The customer's name; empty for people of the company.</param>
/// <param name="State">Where the account is in its life.</param>
/// <param name="HasSecondFactor">A second factor is set up.</param>
/// <param name="CreatedAt">When it was added.</param>
internal sealed record PersonAccount(
    string PersonId, string Name, string Role, string Customer, AccountState State, bool HasSecondFactor, DateTimeOffset CreatedAt);

/// <summary>Where an account is in its life.</summary>
internal enum AccountState
{
    /// <summary>It has no password yet: a link was made for it.</summary>
    Invited = 1,

    /// <summary>It can sign in.</summary>
    Active = 2,

    /// <summary>It cannot sign in any more.</summary>
    Disabled = 3,
}

/// <summary>Whose accounts somebody may add and change.</summary>
internal enum AccountReach
{
    /// <summary>Those of people of customers: a technician.</summary>
    Customers = 1,

    /// <summary>Those of technicians and approvers too: a technician's token, which the controller's machine gives out.</summary>
    Company = 2,

    /// <summary>Those of administrators too: an administrator.</summary>
    Everybody = 3,
}

/// <summary>Who adds or changes an account.</summary>
/// <param name="AuditName">For the audit.</param>
/// <param name="PersonId">The person; absent for a token.</param>
/// <param name="Reach">Whose accounts.</param>
internal sealed record AccountKeeper(string AuditName, string? PersonId, AccountReach Reach)
{
    public bool Reaches(string role) => Reach >= role switch
    {
        Roles.Customer => AccountReach.Customers,
        Roles.Administrator => AccountReach.Everybody,
        _ => AccountReach.Company,
    };
}

/// <summary>How a step on an account ended.</summary>
internal abstract record AccountStep
{
    private AccountStep()
    {
    }

    /// <summary>It is written down.</summary>
    /// <param name="Account">The account after it.</param>
    /// <param name="Link">The one-time link that was made, to be shown once; absent when none was.</param>
    public sealed record Done(PersonAccount Account, NewSignInLink? Link) : AccountStep;

    /// <summary>Nobody signs in by this name.</summary>
    public sealed record NotFound(string Name) : AccountStep;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Faults">Every fault that was found.</param>
    public sealed record Refused(IReadOnlyList<AccountFault> Faults) : AccountStep;
}
