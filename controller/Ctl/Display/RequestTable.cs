using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>Requests, what may still be done first.</summary>
internal static class RequestTable
{
    public static IRenderable Of(IReadOnlyCollection<Request> requests)
    {
        if (requests.Count == 0)
            return new Markup("No request is open: haisoftctl request list --all shows those that ended.\n");
        Table table = Screen.Table("No.", "State", "Customer", "Servers", "What", "Received", "Technician");
        foreach (Request request in requests)
        {
            table.AddRow(
                new Text(request.RequestId),
                new Text(RequestWords.Of(request.State).Replace('_', ' ')),
                Screen.Text(request.Customer),
                Screen.Text(string.Join(", ", request.Wish.Servers)),
                Screen.Text(RequestWords.Of(request.Wish)),
                new Text(Screen.Instant(Words.Of(request.ReceivedTime))),
                Screen.Text(request.Technician.Length > 0 ? request.Technician : "-"));
        }

        return table;
    }
}
