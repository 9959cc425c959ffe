using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Own;

/// <summary>A new request: first what sort of thing, then its few fields. What was typed stays when it is refused.</summary>
[Authorize(Policies.Customer)]
internal sealed class NewRequestModel(FleetView fleet, RequestWork work, Texts texts) : PageModel
{
    private static readonly char[] BetweenPackages = [' ', ',', ';', '\t', '\r', '\n'];

    /// <summary>Names of the servers that can be chosen.</summary>
    public IReadOnlyList<string> Servers { get; private set; } = [];

    /// <summary>The server that the customer came from; empty for none.</summary>
    public string Preselected { get; private set; } = "";

    public RequestDraft Draft { get; private set; } = new();

    /// <summary>As it was typed.</summary>
    public string Packages { get; private set; } = "";

    /// <summary>As it was typed, Europe/Paris.</summary>
    public string From { get; private set; } = "";

    public string Until { get; private set; } = "";

    public IReadOnlyList<string> Faults { get; private set; } = [];

    /// <param name="kind">What sort of thing; absent while it is to be chosen.</param>
    /// <param name="server">The server that the customer came from.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task OnGetAsync(string? kind, string? server, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Preselected = Servers.FirstOrDefault(name => name == server, Servers.Count == 1 ? Servers[0] : "");
        Draft = new() { Kind = Named<RequestKind>(kind), Servers = Preselected.Length > 0 ? [Preselected] : [] };
    }

    public async Task<IActionResult> OnPostAsync(WishForm form, CancellationToken cancellationToken)
    {
        (Packages, From, Until) = (form.Packages ?? "", form.From ?? "", form.Until ?? "");
        Draft = new()
        {
            Kind = Named<RequestKind>(form.Kind),
            Servers = form.Servers,
            Packages = Packages.Split(BetweenPackages, StringSplitOptions.RemoveEmptyEntries),
            Components = [.. form.Components.Select(Named<UpdatedComponent>).OfType<UpdatedComponent>()],
            Check = (form.Check ?? "").Trim(),
            Words = form.Words ?? "",
            WindowFrom = ParisTime.Read(From),
            WindowUntil = ParisTime.Read(Until),
            Unreadable = [.. new[] { From, Until }.Where(IsUnreadable).Select(text => new RequestFault("window-unreadable", $"'{text}' is no time", text))],
        };
        switch (await work.ReceiveAsync(Draft, RequestActor.Of(User), cancellationToken))
        {
            case RequestOutcome.Done done:
                TempData["Notice"] = texts["own.requests.sent", done.Detail.Request.Number];
                return Redirect($"/my/requests/{done.Detail.Request.Number}");
            case RequestOutcome.Refused refused:
                Faults = [.. refused.Faults.Select(fault => texts[$"request.fault.{fault.Code}", VisibleText.Of(fault.Value)]).Distinct()];
                break;
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private static bool IsUnreadable(string text) => text.Length > 0 && ParisTime.Read(text) is null;

    private static T? Named<T>(string? key)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(member => Word.KeyOf(member) == key).Select(member => (T?)member).FirstOrDefault();

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Servers = [.. (await fleet.ListOfCustomerAsync(User.CustomerId(), cancellationToken)).Select(server => server.Name)];
}

/// <summary>The fields of the form as they came.</summary>
internal sealed class WishForm
{
    public string? Kind { get; set; }

    public string[] Servers { get; set; } = [];

    public string? Packages { get; set; }

    public string[] Components { get; set; } = [];

    public string? Check { get; set; }

    public string? Words { get; set; }

    public string? From { get; set; }

    public string? Until { get; set; }
}
