using System.CommandLine;
using Grpc.Core;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>operation watch</c>: from the beginning, then live until nothing follows. A bar on a terminal, lines elsewhere.</summary>
internal static class OperationWatch
{
    public static Command Create()
    {
        Argument<string> id = OperationCommands.Id();
        Command command = new("watch", "All that the server told of an operation, from the beginning, then live until nothing follows.") { id };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            using AsyncServerStreamingCall<WatchOperationResponse> watch = run.Controller.Operations.WatchOperation(
                new WatchOperationRequest { OperationId = run.Given.GetRequiredValue(id) }, cancellationToken: cancellationToken);
            if (run.Output.IsJson || !run.Console.Profile.Capabilities.Ansi)
                await PrintAsync(run, watch.ResponseStream, progress => Print(run, OperationWords.Of(progress)), cancellationToken);
            else
                await DrawAsync(run, watch.ResponseStream, cancellationToken);
        });
        return command;
    }

    private static Task DrawAsync(CtlRun run, IAsyncStreamReader<WatchOperationResponse> told, CancellationToken cancellationToken) =>
        run.Console.Progress().AutoClear(true).StartAsync(async bars =>
        {
            ProgressTask bar = bars.AddTask("waiting", maxValue: 1);
            bar.IsIndeterminate = true;
            await PrintAsync(run, told, progress => Move(bar, progress), cancellationToken);
            bar.StopTask();
        });

    private static async Task PrintAsync(
        CtlRun run, IAsyncStreamReader<WatchOperationResponse> told, Action<OrderProgress> advance, CancellationToken cancellationToken)
    {
        while (await told.MoveNext(cancellationToken))
        {
            WatchOperationResponse news = told.Current;
            if (run.Output.IsJson)
                run.Output.Write(OperationShaping.Of(news), ShapesJson.Default.OperationNewsShape, () => { });
            else if (news.Report?.Progress is { } progress)
                advance(progress);
            else
                Show(run, news);
        }
    }

    private static void Show(CtlRun run, WatchOperationResponse news)
    {
        if (news.Operation is { } operation)
            Print(run, $"Operation {operation.OperationId} on {operation.Server}: {OperationWords.Of(operation.State).Replace('_', ' ')}");
        else if (news.Report.Output is { } output)
            OperationPage.ShowOutput(run.Console, output);
        else if (news.Report.Step is { } step)
            OperationPage.Show(run.Console, news.Report.EntryTime, step);
    }

    private static void Print(CtlRun run, string line) => Screen.Print(run.Console, Screen.Text(line));

    private static void Move(ProgressTask bar, OrderProgress progress)
    {
        bar.Description = Markup.Escape(Words.Visible(OperationWords.Of(progress)));
        bar.IsIndeterminate = progress.Total == 0;
        bar.MaxValue = Math.Max(progress.Total, 1);
        bar.Value = progress.Done;
    }
}
