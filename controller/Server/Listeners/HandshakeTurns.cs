using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace HaiSoft.Controller.Listeners;

/// <summary>
/// TLS handshakes of a port take turns, those that came first go first: where thousands dial at once, each is done when its turn comes instead
/// of all at the end, when many have given up; and whatever else the processor has to do is not behind all of them.
/// </summary>
internal sealed class HandshakeTurns(TimeProvider time) : IDisposable
{
    // Enough for a round trip of 50 ms and more than the processors can do.
    private const int AtOnce = 64;

    // A client that is slow, or means to be, holds its place no longer.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    /// <summary>Goes before the handshake: waits for the client's first bytes, then for a place.</summary>
    public ConnectionDelegate Begin(ConnectionDelegate next) => async connection =>
    {
        if (!await MayBeginAsync(connection))
            return;
        using Turn turn = new(_places, time);
        connection.Features.Set(turn);
        await next(connection);
    };

    /// <summary>Goes after the handshake.</summary>
    public static void End(ConnectionContext connection) => connection.Features.Get<Turn>()?.End();

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    // False when the client went away, or said nothing.
    private async Task<bool> MayBeginAsync(ConnectionContext connection)
    {
        try
        {
            if (!await HasSpokenAsync(connection))
                return false;
            await _places.WaitAsync(connection.ConnectionClosed);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    // A place is for who has something to work on.
    private async Task<bool> HasSpokenAsync(ConnectionContext connection)
    {
        using CancellationTokenSource silent = new(LongestSilence, time);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, connection.ConnectionClosed);
        PipeReader input = connection.Transport.Input;
        ReadResult read = await input.ReadAsync(ended.Token);
        input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
        return !read.Buffer.IsEmpty;
    }

    private sealed class Turn : IDisposable
    {
        private readonly SemaphoreSlim _places;
        private readonly ITimer _timer;
        private int _ended;

        public Turn(SemaphoreSlim places, TimeProvider time)
        {
            _places = places;
            _timer = time.CreateTimer(turn => ((Turn)turn!).End(), this, Longest, Timeout.InfiniteTimeSpan);
        }

        public void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                _places.Release();
        }

        public void Dispose()
        {
            _timer.Dispose();
            End();
        }
    }
}
