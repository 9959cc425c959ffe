using System.Globalization;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>Versions have the order that rpm gives them.</summary>
public sealed class PackageVersionTests
{
    private static readonly string[] Parts = ["0", "1", "9", "10", "007", "a", "b", "rc", "Z", ".", "_", "+", "~", "^"];

    [Theory]
    [InlineData("1:1.0", "2.0", 1)]
    [InlineData("1.0-1.el9", "1.0-2.el9", -1)]
    [InlineData("1.0-1.el9", "1.0", 0)]
    [InlineData("8.4~", "8.4.0", -1)]
    [InlineData("8.3.99-1", "8.4~", -1)]
    public void Epoch_goes_first_and_a_release_counts_only_beside_another(string a, string b, int order)
    {
        Math.Sign(Read(a).CompareWith(Read(b))).ShouldBe(order);
        Math.Sign(Read(b).CompareWith(Read(a))).ShouldBe(-order);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":1")]
    [InlineData("x:1")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("1-2-3")]
    [InlineData("1.*")]
    [InlineData("1 2")]
    [InlineData("99999999999:1")]
    public void What_is_no_version_is_not_read(string text) => PackageVersion.Read(text).ShouldBeNull();

    [Fact]
    public async Task Any_two_versions_are_ordered_as_rpm_itself_orders_them()
    {
        Assert.SkipWhen(Tool.Find("rpm") is null, "rpm is not installed.");
        Random random = new(20261122);
        List<(string A, string B)> pairs = [.. Enumerable.Range(0, 2000).Select(_ => (Any(random), Any(random)))];
        string lua = $"%{{lua: for _, p in ipairs({{{string.Join(',', pairs.Select(pair => $"{{'{pair.A}','{pair.B}'}}"))}}}) do io.write(rpm.vercmp(p[1], p[2]), ' ') end}}";

        string said = (await Tool.RunAsync("rpm", ["--eval", lua], TestContext.Current.CancellationToken)).Succeeded();

        int[] orders = [.. said.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(order => int.Parse(order, CultureInfo.InvariantCulture))];
        orders.Length.ShouldBe(pairs.Count);
        foreach (((string a, string b), int order) in pairs.Zip(orders))
            Math.Sign(Read(a).CompareWith(Read(b))).ShouldBe(order, $"{a} and {b}");
    }

    private static string Any(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Parts[random.Next(Parts.Length)]));

    private static PackageVersion Read(string text) => PackageVersion.Read(text).ShouldNotBeNull();
}
