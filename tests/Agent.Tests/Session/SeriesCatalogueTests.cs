using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Session;

/// <summary>The numbers of series: the same after a restart, never another's, whatever is lost.</summary>
public sealed class SeriesCatalogueTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_numbers_of_a_new_spool_are_1_and_2_and_each_is_declared_once()
    {
        using SeriesCatalogue catalogue = Open(spoolIsNew: true);
        Use(catalogue, "load.1m").ShouldBe((1, true));
        Use(catalogue, "load.5m").ShouldBe((2, true));
        Use(catalogue, "load.1m").ShouldBe((1, false));
    }

    [Fact]
    public void Metric_component_and_kind_tell_series_apart()
    {
        using SeriesCatalogue catalogue = Open(spoolIsNew: true);
        int[] numbers =
        [
            catalogue.Use("a", "", SeriesKind.Gauge).Number,
            catalogue.Use("a", "x", SeriesKind.Gauge).Number,
            catalogue.Use("a", "", SeriesKind.Counter).Number,
            catalogue.Use("b", "", SeriesKind.Gauge).Number,
        ];
        numbers.Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void After_a_restart_the_numbers_are_the_same_and_declared_again_once()
    {
        using (SeriesCatalogue catalogue = Open(spoolIsNew: true))
        {
            Use(catalogue, "load.1m");
            Use(catalogue, "load.5m");
        }

        using SeriesCatalogue again = Open(spoolIsNew: false);
        Use(again, "load.5m").ShouldBe((2, true));
        Use(again, "load.1m").ShouldBe((1, true));
        Use(again, "load.1m").ShouldBe((1, false));
        again.Find(2).ShouldBe(new SeriesKey("load.5m", "", SeriesKind.Gauge));
    }

    [Fact]
    public void After_a_resync_all_are_declared_again()
    {
        using SeriesCatalogue catalogue = Open(spoolIsNew: true);
        Use(catalogue, "load.1m");
        catalogue.DeclareAgain();
        Use(catalogue, "load.1m").ShouldBe((1, true));
    }

    [Fact]
    public void A_number_whose_line_was_lost_is_not_given_to_another()
    {
        using (SeriesCatalogue catalogue = Open(spoolIsNew: true))
        {
            Use(catalogue, "kept");
            Use(catalogue, "lost");
        }

        File.WriteAllLines(SeriesPath, File.ReadAllLines(SeriesPath).Where(line => !line.Contains("lost", StringComparison.Ordinal)));
        using SeriesCatalogue again = Open(spoolIsNew: false);
        Use(again, "other").Number.ShouldBeGreaterThan(2);
        Use(again, "kept").Number.ShouldBe(1);
    }

    [Fact]
    public void A_file_that_is_lost_makes_numbers_far_from_those_that_were_given()
    {
        using SeriesCatalogue catalogue = Open(spoolIsNew: false);
        Use(catalogue, "load.1m").Number.ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("1\t1\tload.1m\n")]
    [InlineData("x\t1\tload.1m\t\n")]
    [InlineData("1\t9\tload.1m\t\n")]
    [InlineData("\0\0\0\0")]
    public void A_damaged_line_is_left_out(string line)
    {
        File.WriteAllText(SeriesPath, "reserved\t1000\n7\t1\tload.5m\t\n" + line);
        using SeriesCatalogue catalogue = Open(spoolIsNew: false);
        Use(catalogue, "load.5m").Number.ShouldBe(7);
        Use(catalogue, "load.1m").Number.ShouldBe(1001);
    }

    [Fact]
    public void A_component_with_a_line_break_is_numbered_and_not_written()
    {
        using (SeriesCatalogue catalogue = Open(spoolIsNew: true))
        {
            catalogue.Use("filesystem.used_bytes", "/a\n9\t1\tb\tc", SeriesKind.Gauge).ShouldBe((1, true));
        }

        using SeriesCatalogue again = Open(spoolIsNew: false);
        again.Find(1).ShouldBeNull();
        again.Find(9).ShouldBeNull();
    }

    [Fact]
    public void More_series_than_a_block_of_numbers_are_all_found_after_a_restart()
    {
        using (SeriesCatalogue catalogue = Open(spoolIsNew: true))
        {
            for (var i = 1; i <= 2500; i++)
            {
                Use(catalogue, $"m{i}").Number.ShouldBe(i);
            }
        }

        using SeriesCatalogue again = Open(spoolIsNew: false);
        for (var i = 1; i <= 2500; i++)
        {
            Use(again, $"m{i}").Number.ShouldBe(i);
        }

        Use(again, "fresh").Number.ShouldBeGreaterThan(2500);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_does_not_keep_series_from_their_numbers()
    {
        using SeriesCatalogue catalogue = new("/proc/nowhere/series", spoolIsNew: true);
        Use(catalogue, "load.1m").ShouldBe((1, true));
    }

    [Fact]
    public async Task Numbers_that_could_not_be_written_are_written_as_soon_as_they_can_be()
    {
        var folder = _folder["later"];
        var path = Path.Combine(folder, "series");
        using SeriesCatalogue killed = new(path, spoolIsNew: true);
        Use(killed, "load.1m").Number.ShouldBe(1);
        MeasurementsMapping.ToMessage([new Measurement("load.1m", "", SeriesKind.Gauge, 1)], killed);
        Directory.CreateDirectory(folder);

        while (!File.Exists(path))
        {
            MeasurementsMapping.ToMessage([new Measurement("load.1m", "", SeriesKind.Gauge, 1)], killed);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        File.ReadAllLines(path).ShouldBe(["reserved\t1000", "1\t1\tload.1m\t"]);
    }

    private string SeriesPath => _folder["series"];

    private static (int Number, bool Declare) Use(SeriesCatalogue catalogue, string metric) => catalogue.Use(metric, "", SeriesKind.Gauge);

    private SeriesCatalogue Open(bool spoolIsNew) => new(SeriesPath, spoolIsNew);
}
