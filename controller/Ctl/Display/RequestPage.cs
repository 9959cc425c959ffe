using System.Globalization;
using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>One request with its quotes and its story.</summary>
internal static class RequestPage
{
    public static void Show(IAnsiConsole console, RequestDetail detail)
    {
        Show(console, detail.Request);
        foreach (Quote quote in detail.Quotes)
            Show(console, quote);
        console.WriteLine();
        Table story = Screen.Table("When", "Who", "What", "Why");
        story.Columns[0].NoWrap();
        foreach (RequestEvent e in detail.Story)
        {
            string quote = e.QuoteVersion > 0 ? string.Create(CultureInfo.InvariantCulture, $" (version {e.QuoteVersion})") : "";
            story.AddRow(
                new Text(Screen.Instant(Words.Of(e.OccurredTime))),
                Screen.Text(e.Actor),
                new Text(RequestWords.Of(e.Step).Replace('_', ' ') + quote),
                Screen.Text(e.Text));
        }

        console.Write(story);
    }

    /// <summary>What is asked for, and where it stands.</summary>
    public static void Show(IAnsiConsole console, Request request)
    {
        Screen.Print(console, Screen.Text($"Request {request.RequestId}: {RequestWords.Of(request.Wish)}", "bold"));
        Head(console, request);
        if (request.Wish.Words.Length == 0)
            return;
        console.WriteLine();
        foreach (string line in request.Wish.Words.ReplaceLineEndings("\n").Split('\n'))
            Screen.Print(console, Screen.Text($"  {line}"));
    }

    /// <summary>A quote, line by line.</summary>
    public static void Show(IAnsiConsole console, Quote quote)
    {
        console.WriteLine();
        Screen.Print(
            console,
            Screen.Text($"Quote, version {quote.Version}: {RequestWords.Of(quote.State)}, valid until {quote.ValidUntilDate} (Paris)", "bold"));
        Table lines = Screen.Table("What", "Quantity", "Each", "Amount");
        foreach (QuoteLine line in quote.Lines)
        {
            lines.AddRow(
                Screen.Text(line.Text),
                new Text(line.Quantity.ToString(CultureInfo.InvariantCulture)),
                new Text(RequestWords.Of(line.UnitPrice)),
                new Text(RequestWords.Of(new Euro { Cents = line.Quantity * line.UnitPrice.Cents })));
        }

        console.Write(lines);
        Screen.Print(console, Screen.Text($"Together {RequestWords.Of(quote.Amount)} excluding VAT"), Screen.Text($"SHA-256 {quote.Sha256}", "grey"));
    }

    private static void Head(IAnsiConsole console, Request request)
    {
        Grid head = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn();
        head.AddRow(new Text("Customer"), Screen.Text(request.Customer));
        head.AddRow(new Text("Servers"), Screen.Text(string.Join(", ", request.Wish.Servers)));
        head.AddRow(new Text("State"), new Text(RequestWords.Of(request.State).Replace('_', ' ') + (request.NeedsQuote ? ", not included" : ", included")));
        if (request.Wish.WindowFromTime is not null)
        {
            head.AddRow(
                new Text("Window"),
                new Text($"{Screen.Instant(Words.Of(request.Wish.WindowFromTime))} to {Screen.Instant(Words.Of(request.Wish.WindowUntilTime))}"));
        }

        if (request.Technician.Length > 0)
            head.AddRow(new Text("Who"), Screen.Text(request.Technician));
        console.Write(head);
    }
}
