using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Listeners;

/// <summary>
/// Connections with TLS on which nothing is asked. Each costs memory, and anybody may open them: beyond a bound the one that has been
/// idle longest is closed. Who means to ask something does so at once, so it is nobody's but an attacker's; unless thousands of agents
/// come back together, which have to wait for the processor between handshake and question. So who came with a certificate of ours
/// counts only after a time; until then each agent may have a few.
/// </summary>
internal sealed class IdleConnections : IDisposable
{
    /// <summary>What an agent is given to ask something.</summary>
    public static readonly TimeSpan Given = TimeSpan.FromMinutes(1);

    /// <summary>The most that an agent has meanwhile: it needs one, and each copy of it another.</summary>
    public const int MostOfAgent = 4;

    private readonly int _most;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly LinkedList<Seat> _idle = new();
    private readonly LinkedList<Seat> _fresh = new();
    private readonly Dictionary<string, int> _ofAgents = new(StringComparer.Ordinal);

    public IdleConnections(IOptions<ListenerOptions> options, TimeProvider time)
    {
        (_most, _time) = (options.Value.IdleConnections, time);
        _timer = time.CreateTimer(_ => Age(), state: null, Given / 2, Given / 2);
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _idle.Count + _fresh.Count;
        }
    }

    /// <summary>Watches over the connections of a port, from their handshake on.</summary>
    /// <param name="next">What serves them.</param>
    /// <param name="agentOf">The agent whose certificate one came with; absent for strangers.</param>
    public ConnectionDelegate Watch(ConnectionDelegate next, Func<ConnectionContext, string?> agentOf) => async connection =>
    {
        Seat seat = new(connection, agentOf(connection));
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

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Sit(Seat seat)
    {
        Seat? longest;
        lock (_gate)
        {
            if (seat.Place.List is not null || Volatile.Read(ref seat.Calls) > 0)
                return;
            seat.Since = _time.GetTimestamp();
            (seat.Agent is null ? _idle : _fresh).AddLast(seat.Place);
            longest = seat.Agent is null ? TakeLongest() : TakeLongestOf(seat.Agent);
        }

        longest?.Close();
    }

    // Agents that had their time count from now on.
    private void Age()
    {
        List<Seat> tooMany = [];
        lock (_gate)
        {
            while (_fresh.First is { Value: var seat } && _time.GetElapsedTime(seat.Since) >= Given)
            {
                LeaveFresh(seat);
                _idle.AddLast(seat.Place);
            }

            while (TakeLongest() is { } longest)
                tooMany.Add(longest);
        }

        tooMany.ForEach(seat => seat.Close());
    }

    private Seat? TakeLongest()
    {
        if (_idle.Count <= _most)
            return null;
        Seat longest = _idle.First!.Value;
        _idle.RemoveFirst();
        return longest;
    }

    private Seat? TakeLongestOf(string agent)
    {
        int count = _ofAgents.GetValueOrDefault(agent) + 1;
        if (count <= MostOfAgent)
        {
            _ofAgents[agent] = count;
            return null;
        }

        Seat longest = _fresh.First(seat => seat.Agent == agent);
        _fresh.Remove(longest.Place);
        return longest;
    }

    private void LeaveFresh(Seat seat)
    {
        _fresh.Remove(seat.Place);
        int count = _ofAgents[seat.Agent!] - 1;
        if (count == 0)
            _ofAgents.Remove(seat.Agent!);
        else
            _ofAgents[seat.Agent!] = count;
    }

    private void Rise(Seat seat)
    {
        lock (_gate)
        {
            if (seat.Place.List == _fresh)
                LeaveFresh(seat);
            else
                seat.Place.List?.Remove(seat.Place);
        }
    }

    private sealed class Seat
    {
        private int _calls;

        public Seat(ConnectionContext connection, string? agent)
        {
            Connection = connection;
            Agent = agent;
            Place = new LinkedListNode<Seat>(this);
        }

        /// <summary>Whose certificate it came with; absent for strangers.</summary>
        public string? Agent { get; }

        /// <summary>Since when it is idle, by the clock's timestamp.</summary>
        public long Since { get; set; }

        /// <summary>In the row of those that are idle, while it is.</summary>
        public LinkedListNode<Seat> Place { get; }

        /// <summary>What is asked on it now.</summary>
        public ref int Calls => ref _calls;

        private ConnectionContext Connection { get; }

        public void Close() => Connection.Abort(new ConnectionAbortedException("Idle longer than any other, and there are too many."));
    }
}
