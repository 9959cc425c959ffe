using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Account;

/// <summary>Name and password.</summary>
[AllowAnonymous]
internal sealed class SignInModel(SignInAttempts attempts, Texts texts) : PageModel
{
    [BindProperty]
    public string Name { get; set; } = "";

    /// <summary>Where to go afterwards; only pages of this console.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync(string? password, CancellationToken cancellationToken)
    {
        var step = await attempts.TryPasswordAsync(Name ?? "", password ?? "", Caller.AddressOf(HttpContext), cancellationToken);
        switch (step)
        {
            case SignInStep.SignedIn:
                return LocalRedirect(Caller.Local(Url, Then));
            case SignInStep.NeedsCode:
                return RedirectToPage("/Console/Account/Code", new { then = Then });
            default:
                Faults = [texts["sign-in.refused"]];
                Name ??= "";
                return Page();
        }
    }
}
