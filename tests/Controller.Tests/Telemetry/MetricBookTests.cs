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

        string told = PrometheusText.Write(book.Read());

        told.ShouldContain("a_before 1\n");
        told.ShouldContain("c_behind 3\n");
        told.ShouldNotContain("b_fails 0");
    }

    private static long Fails() => throw new IOException("The disk is gone.");
}
