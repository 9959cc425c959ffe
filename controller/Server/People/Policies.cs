using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>Who may open a page. Every page names one of these, or says that it is for everybody (Console/ExplicitPolicy).</summary>
internal static class Policies
{
    /// <summary>Anybody who is signed in, whatever for.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Technicians and administrators, with a second factor where that is required (DOMAIN 7.7).</summary>
    public const string Technician = "technician";

    /// <summary>People of a customer: they see what is that customer's, and nothing else.</summary>
    public const string Customer = "customer";

    public static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, ByCookie().Build());
        options.AddPolicy(Customer, ByCookie().RequireRole(Roles.Customer).RequireClaim(PersonClaims.CustomerId).Build());
        options.AddPolicy(Technician, ByCookie().RequireRole(Roles.Technician, Roles.Administrator).AddRequirements(new SecondFactorRequirement()).Build());
    }

    private static AuthorizationPolicyBuilder ByCookie() =>
        new AuthorizationPolicyBuilder(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser();
}
