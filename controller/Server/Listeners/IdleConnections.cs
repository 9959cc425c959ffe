using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Listeners;

/// <summary>
/// Connections with TLS on which nothing is asked. Each costs memory, and anybody may open them: beyond a bound the one that has been
/// idle longest is closed. Who means to ask something does so at once, so it is nobody's but an attacker's.
/// </summary>
internal sealed class IdleConnections(IOptions<ListenerOptions> options)
{
    private readonly int _most = options.Value.IdleConnections;
    private readonly Lock _gate = new();
    private readonly LinkedList<Seat> _idle = new();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _idle.Count;
        }
    }

    /// <summary>Watches over the connections of a port, from their handshake on.</summary>
    public ConnectionDelegate Watch(ConnectionDelegate next) => async connection =>
    {
        Seat seat = new(connection);
        connection.Features.Set(seat);
        Sit(seat);
        try
        {
            await next(connection);
        }
        finally
        {
            Rise(seat);
        }
    };

    /// <summary>A connection on which something is asked is not idle.</summary>
    public async Task AskAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Seat>() is not { } seat)
        {
            await next(context);
            return;
        }

        if (Interlocked.Increment(ref seat.Calls) == 1)
            Rise(seat);
        try
        {
            await next(context);
        }
        finally
        {
            if (Interlocked.Decrement(ref seat.Calls) == 0)
                Sit(seat);
        }
    }

    private void Sit(Seat seat)
    {
        Seat? longest = null;
        lock (_gate)
        {
            if (seat.Place.List is not null || Volatile.Read(ref seat.Calls) > 0)
                return;
            _idle.AddLast(seat.Place);
            if (_idle.Count > _most)
            {
                longest = _idle.First!.Value;
                _idle.RemoveFirst();
            }
        }

        longest?.Connection.Abort(new ConnectionAbortedException("Idle longer than any other, and there are too many."));
    }

    private void Rise(Seat seat)
    {
        lock (_gate)
        {
            if (seat.Place.List is not null)
                _idle.Remove(seat.Place);
        }
    }

    private sealed class Seat
    {
        public Seat(ConnectionContext connection)
        {
            Connection = connection;
            Place = new LinkedListNode<Seat>(this);
        }

        public ConnectionContext Connection { get; }

        /// <summary>In the row of those that are idle, while it is.</summary>
        public LinkedListNode<Seat> Place { get; }

        /// <summary>What is asked on it now.</summary>
        public ref int Calls => ref _calls;

        private int _calls;
    }
}
