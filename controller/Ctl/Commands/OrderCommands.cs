using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>order show</c>.</summary>
internal static class OrderCommands
{
    public static Command Create() => new("order", "Orders to servers. Works without a controller.") { Show() };

    private static Command Show()
    {
        Argument<FileInfo> file = new("FILE") { Description = "An order." };
        Command command = new("show", "Show what an order's exact bytes say, and whose signatures it bears; whether those are right, servers judge.") { file };
        OfflineRun.Does(command, run =>
        {
            SealedFile<Order> order = SealedFile.ReadOrder(run.Given.GetRequiredValue(file));
            run.Output.Write(
                SealedShaping.Of(order.Envelope, order.Content, refusal: null),
                ShapesJson.Default.SealedShape,
                () => OrderPage.Show(run.Console, order.Content, order.Envelope));
        });
        return command;
    }
}
