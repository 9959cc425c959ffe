using Grpc.Net.Wire;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.StandIns;

public sealed class TimeoutTextTests
{
    [Theory]
    [InlineData(0, "0n")]
    [InlineData(1, "100n")]
    [InlineData(999_999, "99999900n")]
    [InlineData(1_000_000, "100000u")]
    [InlineData(1_000_001, "100001u")]
    [InlineData(10L * TimeSpan.TicksPerMinute, "600000m")]
    [InlineData(30L * TimeSpan.TicksPerDay, "2592000S")]
    [InlineData(2000L * TimeSpan.TicksPerDay, "2880000M")]
    [InlineData(1_000_000L * TimeSpan.TicksPerDay, "24000000H")]
    public void A_time_is_written_in_the_finest_unit_that_holds_it_in_eight_digits(long ticks, string text)
    {
        TimeoutText.Encode(TimeSpan.FromTicks(ticks)).ShouldBe(text);
    }

    [Theory]
    [InlineData(1_000_000_001)]
    [InlineData(12_345_678_901)]
    [InlineData(9_876_543_210_987)]
    public void What_is_rounded_is_rounded_up(long ticks)
    {
        TimeoutText.TryDecode(TimeoutText.Encode(TimeSpan.FromTicks(ticks)), out var read).ShouldBeTrue();
        read.Ticks.ShouldBeGreaterThanOrEqualTo(ticks);
        read.Ticks.ShouldBeLessThan(ticks + (ticks / 10_000) + 10);
    }

    [Theory]
    [InlineData("1n", 1)]
    [InlineData("100n", 1)]
    [InlineData("101n", 2)]
    [InlineData("1u", 10)]
    [InlineData("1m", TimeSpan.TicksPerMillisecond)]
    [InlineData("1S", TimeSpan.TicksPerSecond)]
    [InlineData("1M", TimeSpan.TicksPerMinute)]
    [InlineData("1H", TimeSpan.TicksPerHour)]
    [InlineData("99999999H", 99_999_999 * TimeSpan.TicksPerHour)]
    public void Every_unit_is_read(string text, long ticks)
    {
        TimeoutText.TryDecode(text, out var read).ShouldBeTrue();
        read.Ticks.ShouldBe(ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("S")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1 S")]
    [InlineData("1.5S")]
    [InlineData("0x1S")]
    [InlineData("123456789S")]
    [InlineData("１S")]
    public void Anything_else_is_refused(string text) => TimeoutText.TryDecode(text, out _).ShouldBeFalse();
}
