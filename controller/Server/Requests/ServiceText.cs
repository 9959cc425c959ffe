using System.Globalization;
using HaiSoft.Controller.Records;

namespace HaiSoft.Controller.Requests;

/// <summary>A service as customers write it: <c>systemd:UNIT</c>, <c>tcp:PORT</c>, <c>https://NAME[:PORT]/PATH</c>.</summary>
internal static class ServiceText
{
    /// <summary>As it was written.</summary>
    public static string Write(AddedService service) =>
        service.Check == AddedCheck.Http ? service.ServiceId["http:".Length..] : service.ServiceId;

    /// <summary>The service; null when the text is none of these. What it names is not judged here.</summary>
    public static AddedService? Parse(string text) => text switch
    {
        _ when text.StartsWith("systemd:", StringComparison.Ordinal) =>
            new() { ServiceId = text, Check = AddedCheck.Systemd, Unit = text["systemd:".Length..], Role = AddedRole.Other },
        _ when text.StartsWith("tcp:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int port) =>
            new() { ServiceId = text, Check = AddedCheck.Tcp, Port = port, Role = AddedRole.Other },
        _ when Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) =>
            new()
            {
                ServiceId = $"http:{url.AbsoluteUri}",
                Check = AddedCheck.Http,
                HostName = url.IdnHost,
                Port = url.Port,
                Tls = url.Scheme == Uri.UriSchemeHttps,
                Path = url.PathAndQuery,
                Role = AddedRole.Web,
            },
        _ => null,
    };
}
