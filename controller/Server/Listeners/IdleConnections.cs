using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Listeners;

/// <summary>
/// Connections with TLS on which nothing is asked. Each costs memory, and anybody may open them: beyond a bound the one that has been
/// idle longest is closed. Who means to ask something does so at once, so it is nobody's but an attacker's; unless thousands of agents
/// come back together, which have to wait for the processor between handshake and question. So who came with a certificate of ours is
/// counted apart, and given time.
/// </summary>
internal sealed class IdleConnections(IOptions<ListenerOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Given = TimeSpan.FromSeconds(10);
    private readonly int _most = options.Value.IdleConnections;
    private readonly Lock _gate = new();
    private readonly LinkedList<Seat> _strangers = new();
    private readonly LinkedList<Seat> _agents = new();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _strangers.Count + _agents.Count;
        }
    }

    /// <summary>Watches over the connections of a port, from their handshake on.</summary>
    /// <param name="next">What serves them.</param>
    /// <param name="isAgent">Whether one came with a certificate of ours.</param>
    public ConnectionDelegate Watch(ConnectionDelegate next, Func<ConnectionContext, bool> isAgent) => async connection =>
    {
        Seat seat = new(connection, isAgent(connection) ? _agents : _strangers);
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
            seat.Since = time.GetTimestamp();
            seat.Row.AddLast(seat.Place);
            Seat first = seat.Row.First!.Value;
            if (seat.Row.Count > _most && (seat.Row == _strangers || time.GetElapsedTime(first.Since) > Given))
            {
                longest = first;
                seat.Row.RemoveFirst();
            }
        }

        longest?.Connection.Abort(new ConnectionAbortedException("Idle longer than any other, and there are too many."));
    }

    private void Rise(Seat seat)
    {
        lock (_gate)
        {
            if (seat.Place.List is not null)
                seat.Row.Remove(seat.Place);
        }
    }

    private sealed class Seat
    {
        public Seat(ConnectionContext connection, LinkedList<Seat> row)
        {
            (Connection, Row) = (connection, row);
            Place = new LinkedListNode<Seat>(this);
        }

        public ConnectionContext Connection { get; }

        /// <summary>Where it sits while it is idle.</summary>
        public LinkedList<Seat> Row { get; }

        /// <summary>Since when it sits, by the clock's timestamp.</summary>
        public long Since { get; set; }

        /// <summary>In the row of those that are idle, while it is.</summary>
        public LinkedListNode<Seat> Place { get; }

        /// <summary>What is asked on it now.</summary>
        public ref int Calls => ref _calls;

        private int _calls;
    }
}
