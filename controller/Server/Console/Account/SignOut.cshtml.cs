using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Account;

/// <summary>Ends the session.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class SignOutModel(SignInAttempts attempts) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await attempts.SignOutAsync();
        return LocalRedirect("/sign-in");
    }
}
