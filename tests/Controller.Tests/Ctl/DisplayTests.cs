using Google.Protobuf.WellKnownTypes;
using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Technician.V1;
using Shouldly;
using Spectre.Console;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl;

public sealed class DisplayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Text_from_agents_cannot_move_the_cursor_or_pass_for_markup()
    {
        string shown = Print(IncidentTable.Of([Incident("\u001b[2J[red]evil[/]\u202e\r\n")], Now, 160), 160);

        shown.ShouldNotContain('\u001b');
        shown.ShouldContain(@"\u001b[2J[red]evil[/]\u202e\u000d\u000a");
    }

    [Theory]
    [InlineData(ClockKind.Intervention, ClockState.Running, 37, null, "begin in 37:00")]
    [InlineData(ClockKind.Replacement, ClockState.Running, 239, null, "replace in 3:59:00")]
    [InlineData(ClockKind.Intervention, ClockState.Breached, -64, null, "begin late 1:04:00")]
    [InlineData(ClockKind.Intervention, ClockState.Met, 10, -5, "begun in time")]
    [InlineData(ClockKind.Replacement, ClockState.Breached, -30, -20, "replaced late 10:00")]
    public void A_clock_says_what_is_to_be_done_and_when(ClockKind kind, ClockState state, int dueIn, int? stoppedIn, string expected)
    {
        Clock clock = new() { Kind = kind, State = state, DueTime = Now.AddMinutes(dueIn).ToTimestamp() };
        if (stoppedIn is { } minutes)
            clock.StoppedTime = Now.AddMinutes(minutes).ToTimestamp();

        Countdown.Of(clock, Now).ShouldBe(expected);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_queue_fits_the_terminal(int width)
    {
        Incident[] queue = [.. Enumerable.Range(0, 5).Select(_ => Incident(new string('x', 30) + " " + new string('y', 40)))];

        Print(IncidentTable.Of(queue, Now, width), width).Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(width);
    }

    private static Incident Incident(string title) => new()
    {
        IncidentId = "1042",
        Server = "web-01",
        Place = "R12/U07",
        State = IncidentState.Detected,
        Title = title,
        Clocks = { new Clock { Kind = ClockKind.Intervention, State = ClockState.Running, DueTime = Now.AddMinutes(40).ToTimestamp() } },
    };

    private static string Print(Spectre.Console.Rendering.IRenderable what, int width)
    {
        StringWriter writer = new();
        IAnsiConsole console = Terminal.On(writer);
        console.Profile.Width = width;
        console.Write(what);
        return writer.ToString();
    }
}
