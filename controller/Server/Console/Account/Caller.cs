using Microsoft.AspNetCore.Mvc;

namespace HaiSoft.Controller.Console.Account;

/// <summary>What sign-in needs to know of the one who asks.</summary>
internal static class Caller
{
    /// <summary>The browser's address; empty when it is not known (DOMAIN 7.2).</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    /// <summary>The page that was asked for, when it is one of this console; otherwise the first page.</summary>
    public static string Local(IUrlHelper url, string? then) => then is not null && url.IsLocalUrl(then) ? then : "/";
}
