using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Console.Errors;

/// <summary>For people who are signed in and may not see a page. Who only lacks a required second factor is led to its setting up.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class NotAllowedModel(IOptions<PeopleOptions> options) : PageModel
{
    public IActionResult OnGet()
    {
        if (options.Value.RequireSecondFactor && !User.HasClaim(c => c.Type == SecondFactorRequirement.ClaimType))
            return LocalRedirect("/account/second-factor");
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }
}
