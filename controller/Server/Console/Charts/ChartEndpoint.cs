using HaiSoft.Controller.Console.Language;
using HaiSoft.Controller.People;

namespace HaiSoft.Controller.Console.Charts;

/// <summary>GET /servers/NAME/charts/CHART: a server's last day as columns for the page's script.</summary>
internal static class ChartEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/servers/{name}/charts/{chart}", AnswerAsync)
        .RequireAuthorization(Policies.Technician);

    private static async Task<IResult> AnswerAsync(
        string name, string chart, Records.Servers servers, ChartBook book, Texts texts, CancellationToken cancellationToken)
    {
        if (ChartKind.Find(chart) is not { } kind || await servers.FindIdAsync(name, cancellationToken) is not { } serverId)
            return Results.NotFound();
        var drawn = await book.ReadAsync(serverId, kind, cancellationToken);
        return Results.Json(new
        {
            unit = kind.Unit,
            from = drawn.From.ToUnixTimeSeconds(),
            to = drawn.To.ToUnixTimeSeconds(),
            timeLabel = texts["chart.time"],
            times = drawn.Times,
            series = drawn.Lines.Select(line => new
            {
                name = ChartName.Of(line, drawn, texts.Messages),
                values = line.Values.Select(v => v is { } value ? Math.Round(value, 3) : (double?)null),
            }),
        });
    }
}
