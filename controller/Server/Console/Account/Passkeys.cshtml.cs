using System.Buffers.Text;
using System.Text.Json;
using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.People;
using HaiSoft.Protocol.Trust.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Account;

/// <summary>A person's own passkeys: added, named, removed; for technicians also what a catalogue lists of them, to approve with.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class PasskeysModel(
    SignInManager<Person> signIn, Passkeys passkeys, PasskeyRecords records, PasskeyApproval approval, Texts texts) : PageModel
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private IReadOnlySet<string> _listed = new HashSet<string>();

    public IReadOnlyList<PersonPasskey> Shown { get; private set; } = [];

    public IReadOnlyList<string> Faults { get; private set; } = [];

    [BindProperty]
    public string Name { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await signIn.UserManager.GetUserAsync(User) is { } person ? await ShowAsync(person, cancellationToken) : Challenge();

    /// <summary>What a script asks the browser's authenticators for.</summary>
    public async Task<IActionResult> OnPostAskAsync() =>
        await signIn.UserManager.GetUserAsync(User) is { } person ? Content(await passkeys.AskAsync(person, HttpContext), "application/json") : Challenge();

    public async Task<IActionResult> OnPostAddAsync(string? credential, CancellationToken cancellationToken)
    {
        if (await signIn.UserManager.GetUserAsync(User) is not { } person)
            return Challenge();
        return await ConcludeAsync(person, await passkeys.AddAsync(person, Name ?? "", credential ?? "", HttpContext, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string? id, CancellationToken cancellationToken)
    {
        if (await signIn.UserManager.GetUserAsync(User) is not { } person)
            return Challenge();
        var credentialId = Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];
        return await ConcludeAsync(person, await passkeys.RemoveAsync(person, credentialId, cancellationToken), cancellationToken);
    }

    /// <summary>How forms name a passkey.</summary>
    public static string IdOf(PersonPasskey passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    /// <summary>The published catalogue lists the key as a passkey of an approver.</summary>
    public bool IsListed(VerificationKey key) => _listed.Contains(key.Id);

    /// <summary>The entry among a catalogue's approvers, as it is written there (haisoftctl catalogue edit).</summary>
    public string EntryOf(VerificationKey key) => JsonSerializer.Serialize(
        new
        {
            key = new { keyId = key.Id, publicKey = Convert.ToBase64String(key.Encoded.Span), name = User.Identity!.Name },
            kind = "SIGNATURE_KIND_PASSKEY",
        },
        Indented);

    /// <summary>Where passkeys are used, as a catalogue says it.</summary>
    public string SettingsText => JsonSerializer.Serialize(
        new { relyingPartyId = passkeys.DomainAt(Request), origins = new[] { ConsoleLocation.OriginOf(Request) } }, Indented);

    /// <summary>The change voids every session of the person but this one, which goes on with what the account says now.</summary>
    private async Task<IActionResult> ConcludeAsync(Person person, PasskeyChange change, CancellationToken cancellationToken)
    {
        if (change.Fault is { } fault)
        {
            Faults = [texts[$"passkeys.fault.{Word.KeyOf(fault)}"]];
            return await ShowAsync(person, cancellationToken);
        }

        await signIn.RefreshSignInAsync(change.Person!);
        return LocalRedirect("/account/passkeys");
    }

    private async Task<IActionResult> ShowAsync(Person person, CancellationToken cancellationToken)
    {
        Shown = await records.ListAsync(person.Id, cancellationToken);
        _listed = await approval.ListedAsync(Shown, cancellationToken);
        return Page();
    }
}
