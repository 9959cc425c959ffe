using HaiSoft.Controller.Records;
using HaiSoft.Controller.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HaiSoft.Controller.Console.Customers;

/// <summary>Who rents servers here.</summary>
[Authorize(Policies.Technician)]
internal sealed class CustomersModel(Records.Customers customers) : PageModel
{
    public IReadOnlyList<CustomerView> Shown { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Shown = await customers.ListAsync(cancellationToken);
}
