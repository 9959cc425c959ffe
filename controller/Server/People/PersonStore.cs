using System.Security.Cryptography;
using HaiSoft.Controller.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace HaiSoft.Controller.People;

/// <summary>Identity's store on the controller's database; the secret of an authenticator application lies there encrypted.</summary>
internal sealed class PersonStore(ControllerDbContext db, IDataProtectionProvider protection, IdentityErrorDescriber describer)
    : UserStore<
        Person, IdentityRole, ControllerDbContext, string, IdentityUserClaim<string>, IdentityUserRole<string>, IdentityUserLogin<string>,
        IdentityUserToken<string>, IdentityRoleClaim<string>, PersonPasskey>(db, describer)
{
    private readonly IDataProtector _protector = protection.CreateProtector("HaiSoft.People.Authenticator");

    public override Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _protector.Protect(key), cancellationToken);

    /// <summary>The secret; absent when there is none, or when the keys that protect it are lost: then a new one is set up.</summary>
    public override async Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken)
    {
        if (await base.GetAuthenticatorKeyAsync(user, cancellationToken) is not { } stored)
            return null;
        try
        {
            return _protector.Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
