namespace HaiSoft.Controller.People;

/// <summary>What people may be (DOMAIN 1). The migration makes these rows; nothing else adds to them.</summary>
internal static class Roles
{
    /// <summary>Rents servers; sees its own only.</summary>
    public const string Customer = "customer";

    /// <summary>Works for the company; sees every customer.</summary>
    public const string Technician = "technician";

    /// <summary>Signs operations.</summary>
    public const string Approver = "approver";

    /// <summary>Makes accounts and settings.</summary>
    public const string Administrator = "administrator";
}
