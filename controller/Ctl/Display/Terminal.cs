using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>Where people read: colour and cursor movement on a terminal only (and not with NO_COLOR), plain wide lines elsewhere.</summary>
internal static class Terminal
{
    private const int WidthElsewhere = 160;

    public static IAnsiConsole On(TextWriter writer)
    {
        bool terminal = ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                ? ColorSystemSupport.Detect
                : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
            console.Profile.Width = WidthElsewhere;
        return console;
    }
}
