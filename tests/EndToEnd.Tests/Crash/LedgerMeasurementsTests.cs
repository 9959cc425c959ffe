using HaiSoft.FleetSimulator.Ledgers;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Crash;

public sealed class LedgerMeasurementsTests
{
    [Fact]
    public void What_is_held_as_it_was_acknowledged_is_right() =>
        LedgerMeasurements.Compare(Numbers(1, 2, 3), Numbers(3, 1, 2), instants: 3).ShouldBe(new(Lost: 0, Extra: 0));

    [Fact]
    public void A_measurement_that_is_there_twice_does_not_make_up_for_one_that_is_lost() =>
        LedgerMeasurements.Compare(Numbers(1, 2, 3), Numbers(1, 3, 3), instants: 3).ShouldBe(new(Lost: 1, Extra: 1));

    [Fact]
    public void What_nobody_acknowledged_is_told_marked_or_not() =>
        LedgerMeasurements.Compare(Numbers(1), Numbers(1, 2), instants: 3).ShouldBe(new(Lost: 0, Extra: 2));

    [Fact]
    public void Two_reports_of_the_same_mark_are_two() =>
        LedgerMeasurements.Compare(Numbers(1, 1), Numbers(1), instants: 1).ShouldBe(new(Lost: 1, Extra: 0));

    private static LedgerMark[] Numbers(params double[] values) => [.. values.Select(value => new LedgerMark(LedgerMark.ReportNumber, value))];
}
