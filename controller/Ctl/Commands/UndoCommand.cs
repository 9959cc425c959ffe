using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>undo N</c>: drafts the operation that brings back exactly what another one replaced.</summary>
internal static class UndoCommand
{
    public static Command Create()
    {
        Argument<string> id = OperationCommands.Id();
        Option<string> incident = OperationNewCommand.Incident();
        Option<string> from = OperationNewCommand.From();
        Option<string> until = OperationNewCommand.Until();
        Option<string> reboot = OperationNewCommand.Reboot();
        Command command = new("undo", "Draft an order that brings back exactly what an operation replaced, from the files that its server has kept. It is approved like any other.")
        {
            id, incident, from, until, reboot,
        };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            UndoOperationRequest request = new()
            {
                OperationId = run.Given.GetRequiredValue(id),
                IncidentId = run.Given.GetValue(incident) ?? "",
                WindowStartTime = RequestAddCommand.TimeOf(run.Given.GetValue(from), "--from"),
                WindowEndTime = RequestAddCommand.TimeOf(run.Given.GetValue(until), "--until"),
                Reboot = RebootWords.Read(run.Given.GetValue(reboot)),
            };
            UndoOperationResponse response = await run.Controller.Operations.UndoOperationAsync(
                request, run.Controller.Within(OperationNewCommand.Patience, cancellationToken));
            if (response.AnswerCase == UndoOperationResponse.AnswerOneofCase.Refusal)
                throw new CtlException(ExitCode.Refused, $"Operation {request.OperationId} cannot be undone ({response.Refusal.Reason}): {response.Refusal.Detail}");
            OperationCommands.Print(run, response.Detail);
        });
        return command;
    }
}
