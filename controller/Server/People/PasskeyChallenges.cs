using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace HaiSoft.Controller.People;

/// <summary>
/// Keeps what a browser was asked to have signed until its answer comes: encrypted in a cookie that is good for ten minutes. What was
/// asked for signing in does not answer for adding a passkey, nor the other way round; orders are not asked for here (Operations/PasskeyApproval).
/// </summary>
internal sealed class PasskeyChallenges(IDataProtectionProvider protection)
{
    /// <summary>To sign in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>To add a passkey.</summary>
    public const string Adding = "add";

    private const string CookieName = "haisoft.passkey";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Keeps it in place of what was kept before.</summary>
    /// <param name="state">As Identity's handler gave it.</param>
    public void Keep(HttpContext context, string purpose, string state) =>
        context.Response.Cookies.Append(CookieName, For(purpose).Protect(state, Lifetime), Options(context));

    /// <summary>Takes it; absent when nothing was asked, or too long ago, or for something else.</summary>
    public string? Take(HttpContext context, string purpose)
    {
        if (context.Request.Cookies[CookieName] is not { } kept)
            return null;
        context.Response.Cookies.Delete(CookieName, Options(context));
        try
        {
            return For(purpose).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
        MaxAge = Lifetime,
    };

    private ITimeLimitedDataProtector For(string purpose) =>
        protection.CreateProtector("HaiSoft.People.PasskeyChallenges", purpose).ToTimeLimitedDataProtector();
}
