using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Console.Account;

/// <summary>A person's own account: second factor, passkeys, and where it was used from (DOMAIN 7.2).</summary>
[Authorize(Policies.SignedIn)]
internal sealed class AccountModel(
    UserManager<Person> people, PasskeyRecords passkeys, SignInRecords records, IOptions<PeopleOptions> options) : PageModel
{
    private const int SignInsShown = 20;

    public bool HasAuthenticator { get; private set; }

    public int PasskeyCount { get; private set; }

    public bool HasSecondFactor => HasAuthenticator || PasskeyCount > 0;

    public bool SecondFactorRequired => options.Value.RequireSecondFactor;

    public int RecoveryCodesLeft { get; private set; }

    public IReadOnlyList<SignIn> SignIns { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await people.GetUserAsync(User) is not { } person)
            return Challenge();
        HasAuthenticator = person.TwoFactorEnabled;
        PasskeyCount = (await passkeys.ListAsync(person.Id, cancellationToken)).Count;
        RecoveryCodesLeft = await people.CountRecoveryCodesAsync(person);
        SignIns = await records.LastAsync(person.Id, SignInsShown, cancellationToken);
        return Page();
    }
}
