using System.Security.Claims;
using HaiSoft.Controller.People;

namespace HaiSoft.Controller.Requests;

/// <summary>Who asks for something or takes a step.</summary>
/// <param name="Id">"person:ID", "token:HASH" or "controller".</param>
/// <param name="AuditName">For the audit: a technician's name, or the id.</param>
/// <param name="Party">As whom.</param>
/// <param name="CustomerId">Whose requests are reached; absent for those who reach all.</param>
internal sealed record RequestActor(string Id, string AuditName, RequestParty Party, string? CustomerId = null)
{
    private const string PersonPrefix = "person:";

    /// <summary>The controller, by the clock.</summary>
    public static readonly RequestActor Controller = new("controller", "controller", RequestParty.Controller);

    /// <summary>Somebody who is signed in to the console.</summary>
    public static RequestActor Of(ClaimsPrincipal person)
    {
        string id = PersonPrefix + person.FindFirstValue(ClaimTypes.NameIdentifier);
        return person.IsCustomer()
            ? new(id, id, RequestParty.Customer, person.CustomerId())
            : new(id, person.Identity!.Name!, RequestParty.Technician);
    }

    /// <summary>The request can be reached; otherwise it is as if it did not exist.</summary>
    public bool Reaches(RequestRow row) => CustomerId is null || row.CustomerId == CustomerId;

    /// <summary>The person of an actor's id; null when it is none.</summary>
    public static string? PersonOf(string id) => id.StartsWith(PersonPrefix, StringComparison.Ordinal) ? id[PersonPrefix.Length..] : null;
}
