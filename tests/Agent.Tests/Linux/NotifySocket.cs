using System.Net.Sockets;
using System.Text;
using HaiSoft.Testing.Files;

namespace HaiSoft.Agent.Tests.Linux;

/// <summary>systemd's end of sd_notify(3): a datagram socket that a test reads.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <param name="isAbstract">Its name is one of the kernel's abstract space and not of a file.</param>
    public NotifySocket(bool isAbstract = false)
    {
        string name = _folder["notify"];
        Name = isAbstract ? "@" + name : name;
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + name : name));
    }

    /// <summary>As <c>NOTIFY_SOCKET</c> has it.</summary>
    public string Name { get; }

    /// <summary>Nothing has come that was not read.</summary>
    public bool IsEmpty => _socket.Available == 0;

    public async Task<string> ReadAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, patience.Token));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }
}
