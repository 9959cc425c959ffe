using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>Everybody who signs in.</summary>
internal static class PersonTable
{
    public static IRenderable Of(IReadOnlyCollection<Person> people)
    {
        if (people.Count == 0)
            return new Markup("Nobody yet: haisoftctl person add MAIL --customer NAME\n");
        Table table = Screen.Table("Name", "Role", "Customer", "State", "Second factor");
        foreach (Person person in people)
        {
            table.AddRow(
                Screen.Text(person.Name),
                new Text(Words.Of(person.Role)),
                Screen.Text(person.Customer.Length > 0 ? person.Customer : "-"),
                new Text(Words.Of(person.State)),
                new Text(person.SecondFactor ? "yes" : "no"));
        }

        return table;
    }
}
