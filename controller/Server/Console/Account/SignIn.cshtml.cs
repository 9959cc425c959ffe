using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Account;

/// <summary>Name and password, or a passkey.</summary>
[AllowAnonymous]
internal sealed class SignInModel(SignInAttempts attempts, PasskeyQuestions questions, Texts texts) : PageModel
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
        return step switch
        {
            SignInStep.SignedIn => LocalRedirect(Caller.Local(Url, Then)),
            SignInStep.NeedsCode => RedirectToPage("/Console/Account/Code", new { then = Then }),
            _ => Refuse("sign-in.refused"),
        };
    }

    /// <summary>What a script asks the browser's passkeys for.</summary>
    public async Task<IActionResult> OnPostAskPasskeyAsync() => Content(await questions.AskToSignInAsync(HttpContext), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(credential))
            return Refuse("passkey.unable");
        return await attempts.TryPasskeyAsync(credential, HttpContext, Caller.AddressOf(HttpContext), cancellationToken) switch
        {
            SignInStep.SignedIn => LocalRedirect(Caller.Local(Url, Then)),
            SignInStep.StartAgain => Refuse("passkey.too-late"),
            _ => Refuse("sign-in.passkey.refused"),
        };
    }

    private PageResult Refuse(string why)
    {
        Faults = [texts[why]];
        Name ??= "";
        return Page();
    }
}
