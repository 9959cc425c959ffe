using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>quote write|send|show</c>.</summary>
internal static partial class QuoteCommands
{
    public static Command Create() => new("quote", "Quotes for what is not included: write, send, show.") { Write(), Send(), Show() };

    private static Command Write()
    {
        Argument<string> id = RequestCommands.Id();
        Option<string[]> line = new("--line")
        {
            Description = "What is offered, how many, and the price of one in EUR excluding VAT: \"Build of nginx from source; 2; 60.00\"; may be given again.",
            Required = true,
            HelpName = "LINE",
        };
        Option<string> until = new("--valid-until") { Description = "The last day on which it can be accepted: 2026-12-22.", Required = true, HelpName = "DATE" };
        Command command = new("write", "Write the draft of a request's quote, or write it again.") { id, line, until };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            WriteQuoteResponse response = await run.Controller.Requests.WriteQuoteAsync(
                new WriteQuoteRequest
                {
                    RequestId = run.Given.GetRequiredValue(id),
                    Lines = { run.Given.GetRequiredValue(line).Select(LineOf) },
                    ValidUntilDate = run.Given.GetRequiredValue(until),
                },
                run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Send()
    {
        Argument<string> id = RequestCommands.Id();
        Command command = new("send", "Send the draft to the customer; it takes the place of the one before.") { id };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            SendQuoteResponse response = await run.Controller.Requests.SendQuoteAsync(
                new SendQuoteRequest { RequestId = run.Given.GetRequiredValue(id) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> id = RequestCommands.Id();
        Command command = new("show", "The quotes of a request, each with its version.") { id };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetRequestResponse response = await run.Controller.Requests.GetRequestAsync(
                new GetRequestRequest { RequestId = run.Given.GetRequiredValue(id) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static void Print(CtlRun run, RequestDetail detail) => run.Output.Write(
        RequestShaping.Of(detail), ShapesJson.Default.RequestDetailShape, () => Show(run.Console, detail));

    private static void Show(IAnsiConsole console, RequestDetail detail)
    {
        if (detail.Quotes.Count == 0)
            Screen.Print(console, Screen.Text($"No quote is written for request {detail.Request.RequestId}."));
        foreach (Quote quote in detail.Quotes)
            RequestPage.Show(console, quote);
    }

    private static QuoteLine LineOf(string text)
    {
        Match match = Line.Match(text);
        return match.Success
            && int.TryParse(match.Groups["quantity"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int quantity)
            && decimal.TryParse(match.Groups["price"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal euros)
            ? new() { Text = match.Groups["text"].Value, Quantity = quantity, UnitPrice = new Euro { Cents = (long)(euros * 100) } }
            : throw new CtlException(ExitCode.Usage, $"--line '{text}' cannot be read: write \"Build of nginx from source; 2; 60.00\".");
    }

    [GeneratedRegex(
        @"^\s*(?<text>.+?)\s*;\s*(?<quantity>[0-9]{1,6})\s*;\s*(?<price>[0-9]{1,9}(\.[0-9]{1,2})?)\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line { get; }
}
