using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Errors;

/// <summary>What went wrong, and where to go from here. Shown in the place of the page that failed.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class ProblemModel : PageModel
{
    public int Code { get; private set; }

    public string Kind => Code switch
    {
        StatusCodes.Status400BadRequest => "bad-request",
        StatusCodes.Status403Forbidden => "not-allowed",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status429TooManyRequests => "too-many",
        _ => "failed",
    };

    /// <summary>By which the log finds the request.</summary>
    public string Trace => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public void OnGet(int code) => Show(code);

    public void OnPost(int code) => Show(code);

    private void Show(int code)
    {
        // Calls of the wire are mapped at any two segments, for POST only: to a browser there is nothing.
        Code = code is >= 400 and < 600 and not StatusCodes.Status405MethodNotAllowed ? code : StatusCodes.Status404NotFound;
        Response.StatusCode = Code;
    }
}
