using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Layout;

/// <summary>The part of every page that says when the controller cannot keep what is reported and done; asked for anew by the page.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class FaultModel : PageModel
{
}
