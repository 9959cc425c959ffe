using Microsoft.AspNetCore.Identity;

namespace HaiSoft.Controller.People;

/// <summary>Somebody who can sign in. The user name is what timelines and the audit call the person.</summary>
public sealed class Person : IdentityUser
{
    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedTime { get; set; }
}
