using System.Security.Claims;

namespace HaiSoft.Controller.People;

/// <summary>Reads the person of a session.</summary>
internal static class SignedIn
{
    /// <summary>The customer whose servers the person sees. Only where the policy asks for a customer.</summary>
    public static string CustomerId(this ClaimsPrincipal person) =>
        person.FindFirstValue(PersonClaims.CustomerId) ?? throw new InvalidOperationException("a customer's page was opened by somebody else");

    /// <summary>Somebody of a customer.</summary>
    public static bool IsCustomer(this ClaimsPrincipal person) => person.HasClaim(claim => claim.Type == PersonClaims.CustomerId);
}
