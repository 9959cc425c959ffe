using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>
/// Somebody who can sign in. The user name is what timelines call the person; for people of customers it is their mail address. Without a
/// password nobody signs in: a one-time link was made and not used yet.
/// </summary>
public sealed class Person : IdentityUser
{
    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedTime { get; set; }

    /// <summary>The customer whose servers the person sees; absent for people of the company.</summary>
    public string? CustomerId { get; set; }

    /// <summary>Since when the person may not sign in any more; absent while it may.</summary>
    public DateTimeOffset? DisabledTime { get; set; }

    /// <summary>What the audit calls the person: it has names of the company's people only (DOMAIN 7).</summary>
    internal string AuditName => CustomerId is null ? UserName! : $"person:{Id}";
}
