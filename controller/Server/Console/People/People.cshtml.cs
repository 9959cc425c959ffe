using System.Security.Claims;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.People;

/// <summary>
/// Who can sign in. Technicians add and disable people of customers; administrators everybody. A one-time link is in the answer to the form
/// that made it, and nowhere else.
/// </summary>
[Authorize(Policies.Technician)]
internal sealed class PeopleModel(Accounts accounts, Records.Customers customers, ConsoleLocation location, Texts texts) : PageModel
{
    public IReadOnlyList<PersonAccount> Shown { get; private set; } = [];

    /// <summary>Names that can be chosen from.</summary>
    public IReadOnlyList<string> Customers { get; private set; } = [];

    /// <summary>What was typed: kept when it is refused.</summary>
    public AccountDraft Draft { get; private set; } = new("", Roles.Customer, "");

    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <summary>The link that was made a moment ago, to be handed over; absent when none was.</summary>
    public string? LinkAddress { get; private set; }

    public string LinkFor { get; private set; } = "";

    public DateTimeOffset LinkExpiry { get; private set; }

    public AccountKeeper Keeper => new(
        User.Identity!.Name!,
        User.FindFirstValue(ClaimTypes.NameIdentifier),
        User.IsInRole(Roles.Administrator) ? AccountReach.Everybody : AccountReach.Customers);

    public IEnumerable<string> RolesGiven => new[] { Roles.Customer, Roles.Technician, Roles.Approver }.Where(Keeper.Reaches);

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAddAsync(string? name, string? role, string? customer, CancellationToken cancellationToken)
    {
        Draft = new AccountDraft((name ?? "").Trim(), role ?? "", (customer ?? "").Trim());
        return await ShowAsync(await accounts.AddAsync(Draft, Keeper, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostLinkAsync(string? name, CancellationToken cancellationToken) =>
        await ShowAsync(await accounts.MakeLinkAsync(name ?? "", Keeper, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostDisableAsync(string? name, CancellationToken cancellationToken) =>
        await ShowAsync(await accounts.DisableAsync(name ?? "", Keeper, cancellationToken), cancellationToken);

    private async Task<IActionResult> ShowAsync(AccountStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case AccountStep.NotFound:
                return NotFound();
            case AccountStep.Refused refused:
                Faults = [.. refused.Faults.Select(fault => texts[$"people.fault.{fault.Code}"])];
                break;
            case AccountStep.Done { Link: { } link } done:
                (LinkAddress, LinkFor, LinkExpiry) = (location.SignInLink(link.Token), done.Account.Name, link.ExpiryTime);
                Draft = new("", Roles.Customer, "");
                break;
            case AccountStep.Done done:
                TempData["Notice"] = texts["people.disabled", done.Account.Name];
                return Redirect("/people");
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Shown = await accounts.ListAsync(cancellationToken);
        Customers = [.. (await customers.ListAsync(cancellationToken)).Select(customer => customer.Name)];
    }
}
