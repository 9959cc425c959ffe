using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Rollouts;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Rollouts;

/// <summary>Which server is of which wave, and which wave's turn it is.</summary>
public sealed class WavesTests
{
    [Theory]
    [InlineData(5, new[] { 1, 2 }, new[] { 1, 2, 2, 3, 3 })]
    [InlineData(3, new[] { 10 }, new[] { 1, 1, 1 })]
    [InlineData(2, new[] { 1, 10 }, new[] { 1, 2 })]
    public void The_last_size_of_a_wave_repeats(int servers, int[] sizes, int[] waves) => Waves.Of(servers, sizes).ShouldBe(waves);

    [Theory]
    [InlineData(1, new[] { 1, 2, 3 }, 1)]
    [InlineData(1, new[] { 3 }, 3)]
    [InlineData(2, new[] { 1, 2 }, 2)]
    [InlineData(2, new int[0], 4)]
    public void A_wave_has_its_turn_when_nothing_is_waited_for_before_it(int wave, int[] waitedFor, int next) =>
        RolloutLife.WaveAfter(wave, waveCount: 3, waitedFor).ShouldBe(next);
}
