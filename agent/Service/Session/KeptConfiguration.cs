using Google.Protobuf;
using HaiSoft.Agent.Linux;
using Microsoft.Extensions.Logging;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session;

/// <summary>
/// The controller's configuration in a file, for a start without a controller. It is written behind the session's back: a disk that
/// hangs holds up nothing that the controller says. What was not written is told again at the next connection.
/// </summary>
internal sealed partial class KeptConfiguration(StateFolder folder, ILogger<KeptConfiguration> logger)
{
    private readonly Lock _gate = new();
    private readonly string _path = folder["configuration"];
    private byte[]? _wanted;
    private bool _writing;

    /// <summary>What was kept; <c>null</c> when nothing was, or it cannot be read.</summary>
    public Wire.Configuration? Read()
    {
        try
        {
            return File.Exists(_path) ? Wire.Configuration.Parser.ParseFrom(File.ReadAllBytes(_path)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            Log.NotRead(logger, error.Message);
            return null;
        }
    }

    /// <summary>Keeps another; soon, not now.</summary>
    public void Keep(Wire.Configuration configuration)
    {
        lock (_gate)
        {
            _wanted = configuration.ToByteArray();
            if (_writing)
            {
                return;
            }

            _writing = true;
        }

        _ = Task.Run(WriteWanted);
    }

    private void WriteWanted()
    {
        while (TakeWanted() is { } content)
        {
            try
            {
                DurableFile.Replace(_path, content, DurableFile.Private);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Log.NotKept(logger, error.Message);
            }
        }
    }

    private byte[]? TakeWanted()
    {
        lock (_gate)
        {
            byte[]? wanted = _wanted;
            _wanted = null;
            _writing = wanted is not null;
            return wanted;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4103, LogLevel.Warning, "The controller's configuration could not be kept for the next start: {Error}")]
        public static partial void NotKept(ILogger logger, string error);

        [LoggerMessage(4106, LogLevel.Warning, "The configuration that was kept cannot be read; the agent's own holds until the controller tells it again: {Error}")]
        public static partial void NotRead(ILogger logger, string error);
    }
}
