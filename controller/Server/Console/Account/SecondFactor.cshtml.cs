using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace HaiSoft.Controller.Console.Account;

/// <summary>Sets the second factor up: scan, confirm with a code, keep the recovery codes (DOMAIN 7.7).</summary>
[Authorize(Policies.SignedIn)]
internal sealed class SecondFactorModel(UserManager<Person> people, SignInManager<Person> signIn, SecondFactor secondFactor, Texts texts) : PageModel
{
    /// <summary>The QR code, drawn by the controller: the secret goes to nobody else.</summary>
    public string Picture { get; private set; } = "";

    public string SecretInGroups { get; private set; } = "";

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await people.GetUserAsync(User) is not { } person)
            return Challenge();
        return person.TwoFactorEnabled ? LocalRedirect("/account") : await DrawAsync(person, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(string? code, CancellationToken cancellationToken)
    {
        if (await people.GetUserAsync(User) is not { } person)
            return Challenge();
        if (person.TwoFactorEnabled)
            return LocalRedirect("/account");
        if (await secondFactor.TurnOnAsync(person, string.Concat((code ?? "").Where(char.IsAsciiDigit)), cancellationToken) is { } change)
            return await ShowAsync(change);
        Faults = [texts["second-factor.wrong-code"]];
        return await DrawAsync(person, cancellationToken);
    }

    public async Task<IActionResult> OnPostNewCodesAsync(CancellationToken cancellationToken)
    {
        if (await people.GetUserAsync(User) is not { } person || !await people.HasSecondFactorAsync(person))
            return LocalRedirect("/account");
        return await ShowAsync(await secondFactor.RenewRecoveryCodesAsync(person, cancellationToken));
    }

    public async Task<IActionResult> OnPostTurnOffAsync(CancellationToken cancellationToken)
    {
        if (await people.GetUserAsync(User) is not { TwoFactorEnabled: true } person)
            return LocalRedirect("/account");
        await signIn.RefreshSignInAsync((await secondFactor.TurnOffAsync(person, cancellationToken)).Person);
        return LocalRedirect("/account");
    }

    private async Task<IActionResult> DrawAsync(Person person, CancellationToken cancellationToken)
    {
        var secret = await secondFactor.SecretAsync(person, cancellationToken);
        SecretInGroups = string.Join(' ', secret.Chunk(4).Select(group => new string(group)));
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(SecondFactor.AddressOf(person.UserName!, secret), QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        Picture = $"data:image/png;base64,{Convert.ToBase64String(picture.GetGraphic(6))}";
        return Page();
    }

    /// <summary>The change voids every session of the person but this one, which goes on with what the account says now.</summary>
    private async Task<IActionResult> ShowAsync(SecondFactorChange change)
    {
        RecoveryCodes = change.RecoveryCodes;
        await signIn.RefreshSignInAsync(change.Person);
        return Page();
    }
}
