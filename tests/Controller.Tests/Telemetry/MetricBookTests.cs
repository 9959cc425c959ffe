using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaiSoft.Controller.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Telemetry;

/// <summary>What is summed up, and told when it is asked for.</summary>
public sealed class MetricBookTests
{
    [Fact]
    public void An_instrument_that_fails_takes_none_of_the_others_with_it()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
        using MetricBook book = new(factory);
        Meter meter = factory.Create(MetricBook.Meter);
        meter.CreateObservableGauge<long>("a.before", () => 1);
        meter.CreateObservableGauge("b.fails", Fails);
        meter.CreateObservableGauge<long>("c.behind", () => 3);

        string told = book.Read(PrometheusText.Write);

        told.ShouldContain("a_before 1\n");
        told.ShouldContain("c_behind 3\n");
        told.ShouldNotContain("b_fails 0");
    }

    [Fact]
    public void Two_that_ask_at_once_are_each_told_everything()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
        using MetricBook book = new(factory);
        factory.Create(MetricBook.Meter).CreateObservableGauge<long>("a.gauge", () => 1);

        ConcurrentBag<string> told = [];
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => told.Add(book.Read(PrometheusText.Write)));

        told.ShouldAllBe(text => text.Contains("a_gauge 1\n"));
    }

    private static long Fails() => throw new IOException("The disk is gone.");
}
