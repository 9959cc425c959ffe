using HaiSoft.Controller.Requests;

namespace HaiSoft.Controller.Console.Requests;

/// <summary>The steps of a request as they are shown.</summary>
/// <param name="Story">The steps, in order.</param>
/// <param name="ForCustomer">Technicians are told as the company, by no name.</param>
internal sealed record RequestStoryView(IReadOnlyList<RequestEventView> Story, bool ForCustomer)
{
    public string ActorOf(RequestEventView happened) => ForCustomer && !happened.IsCustomers ? "HaiSoft" : happened.Actor;
}
