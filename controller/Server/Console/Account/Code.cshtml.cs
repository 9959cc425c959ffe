using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Account;

/// <summary>The second factor, after the password was right.</summary>
[AllowAnonymous]
internal sealed class CodeModel(SignInAttempts attempts, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync(string? code, CancellationToken cancellationToken) =>
        Continue(await attempts.TryCodeAsync(Digits(code), Caller.AddressOf(HttpContext), cancellationToken));

    public async Task<IActionResult> OnPostRecoveryAsync(string? code, CancellationToken cancellationToken) =>
        Continue(await attempts.TryRecoveryCodeAsync((code ?? "").Trim(), Caller.AddressOf(HttpContext), cancellationToken));

    private static string Digits(string? code) => string.Concat((code ?? "").Where(char.IsAsciiDigit));

    private IActionResult Continue(SignInStep step)
    {
        if (step == SignInStep.SignedIn)
            return LocalRedirect(Caller.Local(Url, Then));
        if (step == SignInStep.StartAgain)
            return RedirectToPage("/Console/Account/SignIn", new { then = Then });
        Faults = [texts["code.refused"]];
        return Page();
    }
}
