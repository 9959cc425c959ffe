using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>request add KIND …</c>.</summary>
internal static class RequestAddCommand
{
    private static readonly Argument<string> Kind = new("KIND") { Description = "install, update, monitor, mail or other." };

    private static readonly Option<string[]> Server = new("--server")
    {
        Description = "For which server; may be given again, for the same customer.",
        Required = true,
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Package = new("--package") { Description = "install: an RPM package; may be given again.", HelpName = "P" };

    private static readonly Option<string[]> Component = new("--component")
    {
        Description = "update: php, mysql, apache, plesk, perl or security; may be given again.",
        HelpName = "C",
    };

    private static readonly Option<string> Check = new("--check")
    {
        Description = "monitor: systemd:mariadb.service, tcp:3306 or https://shop.example/.",
        HelpName = "CHECK",
    };

    private static readonly Option<string> WordsGiven = new("--words") { Description = "The wish in words, or the configuration wished for.", HelpName = "TEXT" };

    private static readonly Option<string> From = new("--from") { Description = "Beginning of the window wished for: 2026-11-22T22:00+01:00.", HelpName = "TIME" };

    private static readonly Option<string> Until = new("--until") { Description = "Its end.", HelpName = "TIME" };

    public static Command Create()
    {
        Command command = new("add", "Take a request in on a customer's behalf.") { Kind, Server, Package, Component, Check, WordsGiven, From, Until };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            AddRequestResponse response = await run.Controller.Requests.AddRequestAsync(
                new AddRequestRequest { Wish = WishOf(run.Given) }, run.Soon(cancellationToken));
            RequestCommands.Print(run, response.Detail);
        });
        return command;
    }

    private static Wish WishOf(ParseResult given) => new()
    {
        Kind = Read(given.GetRequiredValue(Kind), RequestWords.Kinds, "The kind"),
        Servers = { given.GetRequiredValue(Server) },
        Packages = { given.GetValue(Package) ?? [] },
        Components = { (given.GetValue(Component) ?? []).Select(text => Read(text, RequestWords.Components, "--component")) },
        Check = given.GetValue(Check) ?? "",
        Words = given.GetValue(WordsGiven) ?? "",
        WindowFromTime = TimeOf(given.GetValue(From), "--from"),
        WindowUntilTime = TimeOf(given.GetValue(Until), "--until"),
    };

    private static T Read<T>(string text, IReadOnlyDictionary<string, T> known, string what) => known.TryGetValue(text, out T? value)
        ? value
        : throw new CtlException(ExitCode.Usage, $"{what} '{text}' is unknown: write one of {string.Join(", ", known.Keys)}.");

    /// <summary>A time as it was typed; null for none.</summary>
    /// <exception cref="CtlException">It cannot be read.</exception>
    public static Timestamp? TimeOf(string? text, string option)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
            ? time.ToTimestamp()
            : throw new CtlException(ExitCode.Usage, $"{option} '{text}' cannot be read: write it as 2026-11-22T22:00+01:00.");
    }
}
