using Grpc.Core;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;
using Spectre.Console;
using Operation = HaiSoft.Protocol.Technician.V1.Operation;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>approve --rollout N</c>: shows what is equal once and what differs by server, asks once, and signs each order's exact bytes.</summary>
internal static class RolloutApproval
{
    public static async Task SignAsync(CtlRun run, string rolloutId, Func<PrivateKey> open, Action ask, CancellationToken cancellationToken)
    {
        RolloutDetail detail = await GetAsync(run, rolloutId, cancellationToken);
        List<OperationDetail> awaiting = [];
        foreach (RolloutServer server in detail.Servers.Where(server => !server.LeftOut && server.Operation?.State == OperationState.AwaitingApproval))
        {
            awaiting.Add((await run.Controller.Operations.GetOperationAsync(
                new GetOperationRequest { OperationId = server.Operation.OperationId }, run.Soon(cancellationToken))).Detail);
        }

        if (awaiting.Count == 0)
            throw new CtlException(ExitCode.Refused, $"No order of rollout {rolloutId} waits for approval: haisoftctl rollout show {rolloutId} tells why.");
        List<(Operation Operation, OrderBytes Bytes)> orders = [.. awaiting.Select(order => (order.Operation, OrderBytes.Read(order)))];
        IReadOnlyList<EqualOrders> groups = EqualOrders.Of(orders);
        if (!run.Output.IsJson)
            Show(run.Console, detail.Rollout, groups);
        ask();
        using PrivateKey signer = open();
        HashSet<string> signed = [.. awaiting.Where(order => order.Signatures.Any(signature => signature.KeyId == signer.PublicKey.Id)).Select(order => order.Operation.OperationId)];
        List<string> refused = [];
        foreach ((Operation operation, OrderBytes bytes) in orders.Where(order => !signed.Contains(order.Operation.OperationId)))
        {
            if (await WhyNotAsync(run, operation, bytes.Sign(signer), cancellationToken) is { } why)
                refused.Add($"{operation.Server}: {why}");
        }

        Tell(run, await GetAsync(run, rolloutId, cancellationToken), orders.Count - signed.Count - refused.Count);
        if (refused.Count > 0)
            throw new CtlException(ExitCode.Refused, string.Join('\n', ["Not signed:", .. refused]));
    }

    private static async Task<RolloutDetail> GetAsync(CtlRun run, string rolloutId, CancellationToken cancellationToken) =>
        (await run.Controller.Rollouts.GetRolloutAsync(new GetRolloutRequest { RolloutId = rolloutId }, run.Soon(cancellationToken))).Detail;

    // One that is refused does not keep the others from being signed.
    private static async Task<string?> WhyNotAsync(CtlRun run, Operation operation, Signature signature, CancellationToken cancellationToken)
    {
        try
        {
            await run.Controller.Operations.ApproveOperationAsync(
                new ApproveOperationRequest { OperationId = operation.OperationId, Signature = signature }, run.Soon(cancellationToken));
            return null;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.FailedPrecondition)
        {
            return failure.Status.Detail;
        }
    }

    private static void Show(IAnsiConsole console, Rollout rollout, IReadOnlyList<EqualOrders> groups)
    {
        Screen.Print(console, Screen.Text($"Rollout {rollout.RolloutId}: {RolloutWords.Of(rollout.What)}", "bold"));
        foreach (EqualOrders group in groups)
        {
            Order first = group.Orders[0].Bytes.Order;
            console.WriteLine();
            Screen.Print(console, Screen.Text($"The same on {(group.Orders.Count == 1 ? "this server" : $"these {group.Orders.Count} servers")}: {string.Join(", ", group.Orders.Select(order => order.Operation.Server))}", "bold"));
            PlanPage.ShowDifference(console, group.Orders[0].Bytes.Plan.Plan);
            Screen.Print(console, Screen.Text($"Each is one of {first.ServerCount} servers of this request"));
            OrderPage.ShowTerms(console, first);
            Table table = Screen.Table("Server", "Operation", "Machine", "Plan", "Free", "Backup");
            foreach ((Operation operation, OrderBytes bytes) in group.Orders)
            {
                table.AddRow(
                    Screen.Text(operation.Server),
                    Screen.Text(operation.OperationId),
                    Screen.Text(bytes.Order.MachineId[^8..]),
                    Screen.Text(bytes.Plan.Sha256[..16]),
                    Screen.Text(PlanPage.Size(bytes.Plan.Plan.FreeBytes)),
                    OperationPage.BackupOf(operation));
            }

            Screen.Print(console, table);
        }
    }

    private static void Tell(CtlRun run, RolloutDetail detail, int signedCount)
    {
        if (run.Output.IsJson)
        {
            RolloutCommands.Print(run, detail);
            return;
        }

        string id = detail.Rollout.RolloutId;
        Screen.Print(run.Console, Screen.Text($"Signed {signedCount} orders of rollout {id}."));
        int missing = detail.Servers.Count(server => server.Operation?.SignaturesMissingCount > 0);
        if (missing > 0)
            Screen.Print(run.Console, Screen.Text($"{missing} of them want more signatures: haisoftctl approve --rollout {id} --key KEY"));
        int unplanned = detail.Servers.Count(server => server is { LeftOut: false, Operation: null });
        if (unplanned > 0)
            Screen.Print(run.Console, Screen.Text($"{unplanned} servers have made no plan yet: sign again when they have.", "yellow"));
    }
}
