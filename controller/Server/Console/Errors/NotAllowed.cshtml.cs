using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Console.Errors;

/// <summary>
/// For people who are signed in and may not see a page. Who only lacks a required second factor is led to its setting up; a customer who
/// asks for the console's root, to its own first page.
/// </summary>
[Authorize(Policies.SignedIn)]
internal sealed class NotAllowedModel(IOptions<PeopleOptions> options) : PageModel
{
    /// <param name="then">The page that was asked for.</param>
    public IActionResult OnGet(string? then)
    {
        if (User.IsCustomer() && then is null or "/")
            return LocalRedirect("/my");
        if (!User.IsCustomer() && options.Value.RequireSecondFactor && !User.HasClaim(c => c.Type == SecondFactorRequirement.ClaimType))
            return LocalRedirect("/account/second-factor");
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }
}
