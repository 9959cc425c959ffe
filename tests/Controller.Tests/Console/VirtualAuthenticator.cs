using Microsoft.Playwright;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>Chromium's own authenticator of a page: it keeps passkeys, and says who touched it.</summary>
internal static class VirtualAuthenticator
{
    public static async Task AddToAsync(IPage page)
    {
        ICDPSession devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["hasResidentKey"] = true,
            },
        });
    }
}
