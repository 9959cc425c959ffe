using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>person add|list|link|disable</c>.</summary>
internal static class PersonCommands
{
    public static Command Create() => new("person", "Who signs in to the console: add, list, link, disable.") { Add(), List(), Link(), Disable() };

    private static Argument<string> Name(string description) => new("NAME") { Description = description };

    private static Command Add()
    {
        Argument<string> name = Name("By which they sign in: the mail address of a customer's person, the name of a technician.");
        Option<string> customer = new("--customer") { Description = "Whose servers they see.", HelpName = "C" };
        Option<string> role = new("--role") { Description = "customer (default), technician or approver (a technician too).", HelpName = "ROLE" };
        Command command = new("add", "Add somebody; prints the one-time link by which they choose a password.") { name, customer, role };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            AddPersonRequest request = new()
            {
                Name = run.Given.GetRequiredValue(name),
                Customer = run.Given.GetValue(customer) ?? "",
                Role = RoleOf(run.Given.GetValue(role) ?? "customer"),
            };
            AddPersonResponse response = await run.Controller.People.AddPersonAsync(request, run.Soon(cancellationToken));
            Show(run, response.Person, response.Link);
        });
        return command;
    }

    private static Command List()
    {
        Command command = new("list", "Everybody, the company's people first, then by customer and name.");
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ListPeopleResponse response = await run.Controller.People.ListPeopleAsync(new ListPeopleRequest(), run.Soon(cancellationToken));
            run.Output.Write(
                [.. response.People.Select(Shaping.Of)],
                ShapesJson.Default.IReadOnlyListPersonShape,
                () => Screen.Print(run.Console, PersonTable.Of(response.People)));
        });
        return command;
    }

    private static Command Link()
    {
        Argument<string> name = Name("By which they sign in.");
        Command command = new("link", "Make a new one-time link for somebody whose link or password is lost.") { name };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            CreateSignInLinkResponse response = await run.Controller.People.CreateSignInLinkAsync(
                new CreateSignInLinkRequest { Name = run.Given.GetRequiredValue(name) }, run.Soon(cancellationToken));
            Show(run, response.Person, response.Link);
        });
        return command;
    }

    private static Command Disable()
    {
        Argument<string> name = Name("By which they sign in.");
        Command command = new("disable", "Take somebody's access away; open sessions end within a minute.") { name };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            DisablePersonResponse response = await run.Controller.People.DisablePersonAsync(
                new DisablePersonRequest { Name = run.Given.GetRequiredValue(name) }, run.Soon(cancellationToken));
            run.Output.Write(
                [Shaping.Of(response.Person)],
                ShapesJson.Default.IReadOnlyListPersonShape,
                () => Screen.Print(run.Console, Screen.Text($"'{response.Person.Name}' cannot sign in any more.")));
        });
        return command;
    }

    private static void Show(CtlRun run, Person person, SignInLink link) => run.Output.Write(
        new PersonLinkShape(Shaping.Of(person), link.Address, Words.Of(link.ExpiryTime)),
        ShapesJson.Default.PersonLinkShape,
        () => Show(run.Given.InvocationConfiguration.Output, person, link));

    // Not laid out: an address that is broken into lines cannot be copied.
    private static void Show(TextWriter plain, Person person, SignInLink link)
    {
        plain.WriteLine($"For {Words.Visible(person.Name)} ({Words.Of(person.Role)}), good once, before {Screen.Instant(Words.Of(link.ExpiryTime))}:");
        plain.WriteLine();
        plain.WriteLine($"  {link.Address}");
    }

    private static PersonRole RoleOf(string text) => text.ToLowerInvariant() switch
    {
        "customer" => PersonRole.Customer,
        "technician" => PersonRole.Technician,
        "approver" => PersonRole.Approver,
        _ => throw new CtlException(ExitCode.Usage, $"--role '{text}' is unknown: write customer, technician or approver."),
    };
}
