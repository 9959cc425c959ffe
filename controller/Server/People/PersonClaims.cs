using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.People;

/// <summary>What a session says about its person: name, roles, whose servers it sees, and whether a second factor is set up.</summary>
internal sealed class PersonClaims(UserManager<Person> people, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person, IdentityRole>(people, roles, options)
{
    /// <summary>The claim that carries the customer's id; people of the company have none.</summary>
    public const string CustomerId = "haisoft:customer";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (await UserManager.HasSecondFactorAsync(user))
            identity.AddClaim(new Claim(SecondFactorRequirement.ClaimType, user.TwoFactorEnabled ? "totp" : "passkey"));
        if (user.CustomerId is { } customerId)
            identity.AddClaim(new Claim(CustomerId, customerId));
        return identity;
    }
}
