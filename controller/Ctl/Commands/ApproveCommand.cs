using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.Keys;
using Spectre.Console;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>approve N|--rollout N --key FILE</c>: shows what the exact bytes say, asks, and signs those.</summary>
internal static class ApproveCommand
{
    public static Command Create()
    {
        Argument<string> id = OperationCommands.Id();
        id.Arity = ArgumentArity.ZeroOrOne;
        Option<string> rollout = new("--rollout") { Description = "Instead of one operation: all of this rollout that wait for approval.", HelpName = "N" };
        Option<FileInfo> key = TrustOptions.SigningKey();
        Option<FileInfo?> passphrase = TrustOptions.PassphraseFile();
        Option<bool> yes = new("--yes") { Description = "Do not ask: you have read it with haisoftctl operation show." };
        Command command = new("approve", "Show an operation's exact bytes, its plan and its order, and add your signature.") { id, rollout, key, passphrase, yes };
        command.Validators.Add(given =>
        {
            if (given.GetResult(id) is { Tokens.Count: > 0 } == given.GetResult(rollout) is { Implicit: false })
                given.AddError("Name one operation, or give --rollout N.");
        });
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            PrivateKey Open() => KeyFiles.Open(run.Given.GetRequiredValue(key), run.Given.GetValue(passphrase));
            void AskFirst()
            {
                if (!run.Given.GetValue(yes))
                    Ask(run);
            }

            if (run.Given.GetValue(rollout) is { } whole)
                await RolloutApproval.SignAsync(run, whole, Open, AskFirst, cancellationToken);
            else
                await SignAsync(run, run.Given.GetRequiredValue(id), Open, AskFirst, cancellationToken);
        });
        return command;
    }

    private static async Task SignAsync(CtlRun run, string operation, Func<PrivateKey> open, Action ask, CancellationToken cancellationToken)
    {
        GetOperationResponse found = await run.Controller.Operations.GetOperationAsync(
            new GetOperationRequest { OperationId = operation }, run.Soon(cancellationToken));
        OrderBytes bytes = OrderBytes.Read(found.Detail);
        if (!run.Output.IsJson)
            await ShowAsync(run, found.Detail.Operation, bytes, cancellationToken);
        ask();
        using PrivateKey signer = open();
        ApproveOperationResponse response = await run.Controller.Operations.ApproveOperationAsync(
            new ApproveOperationRequest { OperationId = operation, Signature = bytes.Sign(signer) }, run.Soon(cancellationToken));
        Tell(run, response.Detail);
    }

    // What was asked for stands beside what is signed: that one answers the other is for the approver to see.
    private static async Task ShowAsync(CtlRun run, Operation operation, OrderBytes bytes, CancellationToken cancellationToken)
    {
        Screen.Print(run.Console, Screen.Text($"Operation {operation.OperationId}: {operation.Server}, {operation.Customer}", "bold"));
        if (operation.RequestId.Length > 0)
        {
            GetRequestResponse asked = await run.Controller.Requests.GetRequestAsync(
                new GetRequestRequest { RequestId = operation.RequestId }, run.Soon(cancellationToken));
            RequestPage.Show(run.Console, asked.Detail.Request);
            run.Console.WriteLine();
        }

        PlanPage.Show(run.Console, bytes.Plan);
        run.Console.WriteLine();
        run.Console.Write(Screen.Text("Backup: "));
        run.Console.Write(OperationPage.BackupOf(operation));
        run.Console.WriteLine();
        OrderPage.Show(run.Console, bytes.Order, bytes.Envelope);
    }

    private static void Ask(CtlRun run)
    {
        if (run.Output.IsJson || Console.IsInputRedirected)
            throw new CtlException(ExitCode.Usage, "There is no terminal to ask at: read it with haisoftctl operation show, then give --yes.");
        Console.Error.Write("Sign this? Type yes: ");
        if (Console.ReadLine()?.Trim() != "yes")
            throw new CtlException(ExitCode.Refused, "Nothing was signed.");
    }

    private static void Tell(CtlRun run, OperationDetail detail)
    {
        if (run.Output.IsJson)
        {
            OperationCommands.Print(run, detail);
            return;
        }

        int missing = detail.Operation.SignaturesMissingCount;
        Screen.Print(run.Console, Screen.Text(missing > 0
            ? $"Signed. {missing} more must sign: haisoftctl approve {detail.Operation.OperationId} --key KEY"
            : $"Signed. All have signed who must: operation {detail.Operation.OperationId} is {OperationWords.Of(detail.Operation.State)}."));
        if (detail.Operation.ConsentMissing)
            Screen.Print(run.Console, Screen.Text("It is sent when the customer has consented on its page.", "yellow"));
    }
}
