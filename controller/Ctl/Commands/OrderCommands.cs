using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Trust;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>order show</c>.</summary>
internal static class OrderCommands
{
    public static Command Create() => new("order", "Orders to servers. Works without a controller.")
    {
        SealedShow.Create(
            "An order.",
            "Show what an order's exact bytes say, and whose signatures it bears; whether those are right, servers judge.",
            SealedFile.ReadOrder,
            OrderPage.Show),
    };
}
