namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>Reads /proc/cpuinfo.</summary>
/// <param name="Model">Model name; absent where the architecture tells none.</param>
/// <param name="Count">Logical processors on line; absent when none is told.</param>
/// <param name="SocketCount">Sockets; absent where the kernel does not tell.</param>
// processor       : 0
// model name      : ACME Processor 9000 @ 3.00GHz
// physical id     : 0
public readonly record struct CpuInfo(string? Model, int? Count, int? SocketCount)
{
    public static CpuInfo Parse(string text)
    {
        string? model = null;
        var count = 0;
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
                continue;
            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].Trim())
            {
                case "processor":
                    count++;
                    break;
                case "model name" or "Model" or "cpu model" when model is null && !value.IsEmpty:
                    model = value.ToString();
                    break;
                case "physical id":
                    sockets.Add(value.ToString());
                    break;
            }
        }

        return new CpuInfo(model, count == 0 ? null : count, sockets.Count == 0 ? null : sockets.Count);
    }
}
