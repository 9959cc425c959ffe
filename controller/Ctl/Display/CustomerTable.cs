using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>All customers, by name.</summary>
internal static class CustomerTable
{
    public static IRenderable Of(IReadOnlyCollection<Customer> customers)
    {
        if (customers.Count == 0)
            return new Markup("No customer yet: haisoftctl customer add NAME --email E\n");
        Table table = Screen.Table("Customer", "E-mail", "Servers");
        foreach (Customer customer in customers)
        {
            table.AddRow(
                Screen.Text(customer.Name),
                Screen.Text(customer.Email),
                new Text(customer.ServerCount.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return table;
    }
}
