using System.Net;

namespace HaiSoft.Controller.Telemetry;

/// <summary>How the controller tells of itself (configuration section <c>Controller:Telemetry</c>).</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Controller:Telemetry";

    /// <summary>
    /// Who may ask the console's port for <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>: networks, parted by commas. Default: this machine
    /// only. A proxy on this machine is not asked for others, as long as it sends X-Forwarded-For.
    /// </summary>
    public string AllowedFrom { get; set; } = "127.0.0.0/8,::1/128";

    /// <summary>Where metrics and logs are sent by OpenTelemetry's protocol: <c>http://collector:4318</c>. Default: nowhere.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary><c>http/protobuf</c> (default; the signals' paths are added to the endpoint) or <c>grpc</c>.</summary>
    public string OtlpProtocol { get; set; } = "http/protobuf";

    /// <summary>How often metrics are sent. 1 s to 10 minutes; default 30 s.</summary>
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How the log is written to the standard output: <c>text</c> (default) or <c>json</c>, an object a line.</summary>
    public string LogFormat { get; set; } = "text";

    internal bool ExportsByGrpc => OtlpProtocol == "grpc";

    /// <summary>The networks of <see cref="AllowedFrom"/>. Valid options only.</summary>
    internal IReadOnlyList<IPNetwork> Networks => [.. Split().Select(text => IPNetwork.Parse(text))];

    /// <summary>Every fault of these options, each saying what to do.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (string text in Split().Where(text => !IPNetwork.TryParse(text, out _)))
            yield return $"{Section}:{nameof(AllowedFrom)} has '{text}': write networks like 10.0.0.0/8, parted by commas.";
        if (OtlpEndpoint.Length > 0 && (!Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")))
            yield return $"{Section}:{nameof(OtlpEndpoint)} is '{OtlpEndpoint}': write an address like http://collector.example:4318.";
        if (OtlpProtocol is not ("grpc" or "http/protobuf"))
            yield return $"{Section}:{nameof(OtlpProtocol)} is '{OtlpProtocol}': it is http/protobuf or grpc.";
        if (OtlpInterval < TimeSpan.FromSeconds(1) || OtlpInterval > TimeSpan.FromMinutes(10))
            yield return $"{Section}:{nameof(OtlpInterval)} is {OtlpInterval}: give 00:00:01 to 00:10:00.";
        if (LogFormat is not ("text" or "json"))
            yield return $"{Section}:{nameof(LogFormat)} is '{LogFormat}': it is text or json.";
    }

    private string[] Split() => AllowedFrom.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
