using System.Globalization;
using System.Net;
using HaiSoft.Testing.Networks;

namespace HaiSoft.Testing.Packages;

/// <summary>Serves a folder over HTTP on this machine.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly string _folder;
    private readonly HttpListener _listener = new();

    public FileServer(string folder)
    {
        _folder = folder;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>With a closing slash.</summary>
    public string Url { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                if (!_listener.IsListening)
                    return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, context.Request.Url!.AbsolutePath.TrimStart('/')));
        using var response = context.Response;
        if (!path.StartsWith(_folder + "/", StringComparison.Ordinal) || !File.Exists(path))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        await using var file = File.OpenRead(path);
        response.ContentLength64 = file.Length;
        if (context.Request.HttpMethod == "GET")
            await file.CopyToAsync(response.OutputStream);
    }
}
