using System.Security.Claims;
using HaiSoft.Controller.People;

namespace HaiSoft.Controller.Orders;

/// <summary>Who takes a step of an operation.</summary>
/// <param name="Id">"person:ID", "token:HASH", "controller" or "server".</param>
/// <param name="AuditName">For the audit: a technician's name, or the id.</param>
/// <param name="Party">As whom.</param>
/// <param name="CustomerId">Whose operations are reached; absent for those who reach all.</param>
internal sealed record OperationActor(string Id, string AuditName, OperationParty Party, string? CustomerId = null)
{
    /// <summary>The controller, by the clock or by what was signed.</summary>
    public static readonly OperationActor Controller = new("controller", "controller", OperationParty.Controller);

    /// <summary>The server that an operation is for.</summary>
    public static readonly OperationActor Server = new("server", "server", OperationParty.Server);

    /// <summary>Somebody who is signed in to the console.</summary>
    public static OperationActor Of(ClaimsPrincipal person)
    {
        string id = "person:" + person.FindFirstValue(ClaimTypes.NameIdentifier);
        return person.IsCustomer()
            ? new(id, id, OperationParty.Customer, person.CustomerId())
            : new(id, person.Identity!.Name!, OperationParty.Technician);
    }
}
