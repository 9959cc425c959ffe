using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Account;

/// <summary>Where a one-time link leads: choose a password, and a name where nobody has given one. Opening the page uses nothing up, only sending the form does.</summary>
[AllowAnonymous]
internal sealed class WelcomeModel(
    SignInLinks links, NewPeople newPeople, SignInAttempts attempts, UserManager<Person> people, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Link { get; set; }

    [BindProperty]
    public string Name { get; set; } = "";

    /// <summary>The person whose password the link sets; absent for a link that makes an account.</summary>
    public Person? Known { get; private set; }

    public SignInLinkState State { get; private set; }

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => await LookAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(string? password, string? repeat, CancellationToken cancellationToken)
    {
        Name = (Name ?? "").Trim();
        await LookAsync(cancellationToken);
        if (State != SignInLinkState.Usable)
            return Page();
        if (password != repeat)
            return Refuse(texts["welcome.passwords-differ"]);
        var made = Known is { } known
            ? await newPeople.SetPasswordAsync(Link, known, password ?? "", cancellationToken)
            : await newPeople.MakeAsync(Link, Name, password ?? "", cancellationToken);
        State = made.Link;
        if (made.Faults.Count > 0)
            return Refuse([.. made.Faults.Distinct().Select(code => texts[$"identity.{code}"])]);
        if (made.Person is null)
            return Page();
        if (await people.HasSecondFactorAsync(made.Person))
            return LocalRedirect("/sign-in"); // a link stands for the password alone
        await attempts.WelcomeAsync(made.Person, Caller.AddressOf(HttpContext), cancellationToken);
        return LocalRedirect("/");
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        State = await links.CheckAsync(Link, cancellationToken);
        Known = await links.FindPersonAsync(Link, cancellationToken);
    }

    private PageResult Refuse(params string[] faults)
    {
        Faults = faults;
        return Page();
    }
}
