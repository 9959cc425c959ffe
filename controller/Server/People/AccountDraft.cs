using System.Net.Mail;
using HaiSoft.Controller.Records;

namespace HaiSoft.Controller.People;

/// <summary>Somebody who is to sign in, as given.</summary>
/// <param name="Name">Unique whatever the case; for people of customers their mail address.</param>
/// <param name="Role">One of <see cref="Roles"/>: customer, technician or approver (who is a technician too).</param>
/// <param name="Customer">The customer's name; empty for people of the company.</param>
internal sealed record AccountDraft(string Name, string Role, string Customer)
{
    /// <summary>Characters that a customer's mail address has at most.</summary>
    public const int MaximumAddressLength = 254;

    private const string NameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@";

    /// <summary>Every fault of the draft taken by itself.</summary>
    public IEnumerable<AccountFault> Faults() => Role switch
    {
        Roles.Customer =>
        [
            .. IsAddress(Name) ? Array.Empty<AccountFault>() : [AccountFault.Address(Name)],
            .. Customer.Length > 0 ? Array.Empty<AccountFault>() : [AccountFault.CustomerMissing],
        ],
        Roles.Technician or Roles.Approver =>
        [
            .. IsName(Name) ? Array.Empty<AccountFault>() : [AccountFault.PersonName(Name)],
            .. Customer.Length == 0 ? Array.Empty<AccountFault>() : [AccountFault.CustomerTooMany],
        ],
        _ => [AccountFault.Role(Role)],
    };

    /// <summary>What makes two names the same, as sign-in sees it.</summary>
    public static string KeyOf(string name) => name.Normalize().ToUpperInvariant();

    private static bool IsAddress(string name) =>
        name.Length <= MaximumAddressLength
        && name.All(c => NameCharacters.Contains(c, StringComparison.Ordinal) || c == '+')
        && MailAddress.TryCreate(name, out var address)
        && address.Address == name;

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= NewPeople.MaximumNameLength && name.All(c => NameCharacters.Contains(c, StringComparison.Ordinal));
}

/// <summary>Something that keeps a person from being added, or an account from being changed.</summary>
/// <param name="Code">Of the console's sentence: "name-taken".</param>
/// <param name="Kind">What sort of fault.</param>
/// <param name="Text">What is wrong, and what to do instead.</param>
internal sealed record AccountFault(string Code, RecordFaultKind Kind, string Text)
{
    public static readonly AccountFault CustomerMissing = new(
        "customer-missing", RecordFaultKind.Invalid, "say whose servers the person sees (--customer NAME), or choose --role technician or approver");

    public static readonly AccountFault CustomerTooMany = new(
        "customer-too-many", RecordFaultKind.Invalid, "people of the company see every customer: leave --customer out");

    public static readonly AccountFault Disabled = new(
        "disabled", RecordFaultKind.Taken, "the account is disabled: add the person again, which lets it in again");

    public static readonly AccountFault OwnAccount = new("own-account", RecordFaultKind.Taken, "nobody disables the own account: ask somebody else");

    public static readonly AccountFault OutOfReach = new(
        "out-of-reach",
        RecordFaultKind.Taken,
        "this account is not yours to change: administrators change those of the company, and an administrator's is made on the "
        + "controller's machine (haisoft-controller sign-in-link)");

    public static AccountFault Address(string name) =>
        new("address", RecordFaultKind.Invalid, $"'{name}' is not a mail address that can sign in: write it as name@domain.example");

    public static AccountFault PersonName(string name) => new(
        "name",
        RecordFaultKind.Invalid,
        $"'{name}' is not a name: write 1 to {NewPeople.MaximumNameLength} letters, digits and . - _ @");

    public static AccountFault Role(string role) =>
        new("role", RecordFaultKind.Invalid, $"the role '{role}' is not one that can be given: write customer, technician or approver");

    public static AccountFault Taken(string name) =>
        new("name-taken", RecordFaultKind.Taken, $"somebody signs in as '{name}' already: haisoftctl person link makes a new link");

    public static AccountFault NoCustomer(string customer) => new(
        "no-customer",
        RecordFaultKind.Missing,
        $"there is no customer '{customer}': add it first (haisoftctl customer add), or see haisoftctl customer list");
}
