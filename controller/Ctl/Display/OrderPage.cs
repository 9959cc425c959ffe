using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>An order, for people.</summary>
internal static class OrderPage
{
    public static void Show(IAnsiConsole console, Order order, OpenedEnvelope envelope)
    {
        Screen.Print(console, Screen.Text($"Order {Convert.ToHexStringLower(order.OrderId.Span)}: {SealedText.Of(order.Kind())}", "bold"));
        foreach (string line in Operation(order))
            Screen.Print(console, Screen.Text("  " + line, "bold"));
        Screen.Print(console, Screen.Text($"For the machine {order.MachineId}, one of {order.ServerCount} server(s) of this request"));
        ShowTerms(console, order);
        Screen.Print(console, Screen.Text($"Made    {SealedText.Of(order.CreatedTime)}"));
        if (order.EmergencyIncidentId.Length > 0)
            Screen.Print(console, Screen.Text($"EMERGENCY, incident {order.EmergencyIncidentId}", "red bold"));
        ShowHash(console, "Plan:", order.PlanHash);
        ShowHash(console, "Package state that it was planned on:", order.PackageStateHash);
        SealedText.ShowFingerprint(console, envelope);
        SealedText.ShowSignatures(console, envelope);
        foreach (string fault in OrderRules.Find(order).Select(fault => fault.ToString()))
            Screen.Print(console, Screen.Text("Servers would refuse it: " + fault, "red"));
    }

    /// <summary>Who asked for it, and when it counts.</summary>
    public static void ShowTerms(IAnsiConsole console, Order order) =>
        Screen.Print(
            console,
            Screen.Text(order.Origin switch
            {
                RequestOrigin.Customer => "Asked for by the customer",
                RequestOrigin.Technician => "Asked for by a technician",
                _ => "Asked for by nobody that is known",
            }),
            Screen.Text($"May be begun from {SealedText.Of(order.WindowStartTime)}"),
            Screen.Text($"            until {SealedText.Of(order.WindowEndTime)}"),
            Screen.Text($"Afterwards {RebootWords.Of(order.Reboot)}", order.Reboot == RebootPolicy.Unspecified ? "default" : "red bold"),
            Screen.Text($"Expires {SealedText.Of(order.ExpiryTime)}"));

    private static IEnumerable<string> Operation(Order order) => order.OperationCase switch
    {
        Order.OperationOneofCase.LocateDisk => [$"disk {order.LocateDisk.SerialNumber}: {(order.LocateDisk.Lit ? "on" : "off")}"],
        Order.OperationOneofCase.SelfTest => [$"disk {order.SelfTest.SerialNumber}"],
        Order.OperationOneofCase.InstallPackages => order.InstallPackages.Packages.Select(OperationText.Of),
        Order.OperationOneofCase.UpdatePackages => order.UpdatePackages.Names,
        Order.OperationOneofCase.SecurityUpdates => [OperationText.SecurityUpdates],
        Order.OperationOneofCase.Undo => [OperationText.Of(order.Undo)],
        _ => [],
    };

    private static void ShowHash(IAnsiConsole console, string title, Google.Protobuf.ByteString hash)
    {
        if (!hash.IsEmpty)
            Screen.Print(console, Screen.Text($"{title} {Convert.ToHexStringLower(hash.Span)}"));
    }
}
