using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>request add|list|show|include|need-quote|take|close|refuse|withdraw</c>.</summary>
internal static class RequestCommands
{
    public static Command Create()
    {
        Command command = new("request", "What customers ask for: add, list, show, include, need-quote, take, close, refuse, withdraw.")
        {
            RequestAddCommand.Create(),
            List(),
            Show(),
            Step("include", "Find that it is included after all (DOMAIN 5.1): no quote is needed.", RequestStep.Include),
            Step("need-quote", "Find that it is not included (DOMAIN 5.2): the customer waits for a quote.", RequestStep.NeedQuote),
            Step("take", "Begin the work; without a quote where it is included, otherwise once the quote is accepted.", RequestStep.Take),
            Step("close", "Say that it is done. A service to be monitored is added to the checks of its servers.", RequestStep.Close),
            Step("refuse", "Say that it will not be done.", RequestStep.Refuse),
            Step("withdraw", "The customer does not want it any more.", RequestStep.Withdraw),
        };
        return command;
    }

    /// <summary>The number of a request.</summary>
    public static Argument<string> Id() => new("N") { Description = "The request's number: 12." };

    /// <summary>Prints a request, whole.</summary>
    public static void Print(CtlRun run, RequestDetail detail) => run.Output.Write(
        RequestShaping.Of(detail), ShapesJson.Default.RequestDetailShape, () => RequestPage.Show(run.Console, detail));

    private static Command List()
    {
        Option<bool> all = new("--all") { Description = "Also those in which nothing follows." };
        Command command = new("list", "Requests in which something may still follow, the oldest first.") { all };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ListRequestsResponse response = await run.Controller.Requests.ListRequestsAsync(
                new ListRequestsRequest { IncludeEnded = run.Given.GetValue(all) }, run.Soon(cancellationToken));
            run.Output.Write(
                [.. response.Requests.Select(RequestShaping.Of)],
                ShapesJson.Default.IReadOnlyListRequestShape,
                () => Screen.Print(run.Console, RequestTable.Of(response.Requests)));
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> id = Id();
        Command command = new("show", "One request with its quotes and its story.") { id };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetRequestResponse response = await run.Controller.Requests.GetRequestAsync(
                new GetRequestRequest { RequestId = run.Given.GetRequiredValue(id) }, run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }

    private static Command Step(string name, string description, RequestStep step)
    {
        Argument<string> id = Id();
        Option<string> note = new("--note") { Description = "Why, or what was done; the customer reads it.", HelpName = "TEXT" };
        Command command = new(name, description) { id, note };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            TakeStepResponse response = await run.Controller.Requests.TakeStepAsync(
                new TakeStepRequest { RequestId = run.Given.GetRequiredValue(id), Step = step, Note = run.Given.GetValue(note) ?? "" },
                run.Soon(cancellationToken));
            Print(run, response.Detail);
        });
        return command;
    }
}
