using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Account;

/// <summary>Where a one-time link leads: choose a name and a password. Opening the page uses nothing up, only sending the form does.</summary>
[AllowAnonymous]
internal sealed class WelcomeModel(SignInLinks links, NewPeople newPeople, SignInAttempts attempts, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Link { get; set; }

    [BindProperty]
    public string Name { get; set; } = "";

    public SignInLinkState State { get; private set; }

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => State = await links.CheckAsync(Link, cancellationToken);

    public async Task<IActionResult> OnPostAsync(string? password, string? repeat, CancellationToken cancellationToken)
    {
        Name = (Name ?? "").Trim();
        State = await links.CheckAsync(Link, cancellationToken);
        if (State != SignInLinkState.Usable)
            return Page();
        if (password != repeat)
            return Refuse(texts["welcome.passwords-differ"]);
        var made = await newPeople.MakeAsync(Link, Name, password ?? "", cancellationToken);
        State = made.Link;
        if (made.Faults.Count > 0)
            return Refuse([.. made.Faults.Distinct().Select(code => texts[$"identity.{code}"])]);
        if (made.Person is null)
            return Page();
        await attempts.WelcomeAsync(made.Person, Caller.AddressOf(HttpContext), cancellationToken);
        return LocalRedirect("/");
    }

    private PageResult Refuse(params string[] faults)
    {
        Faults = faults;
        return Page();
    }
}
