using HaiSoft.Controller.Console.Display;
using HaiSoft.Controller.Console.Language;

namespace HaiSoft.Controller.Console.Charts;

/// <summary>What a line is called: "available", "sda · received".</summary>
internal static class ChartName
{
    public static string Of(ChartLine line, Chart chart, Messages messages)
    {
        var component = VisibleText.Of(line.Component);
        var metric = messages[$"metric.{line.Metric}"];
        if (component.Length == 0)
            return metric;
        return chart.Kind.Metrics.Count == 1 ? component : $"{component} · {metric}";
    }
}
