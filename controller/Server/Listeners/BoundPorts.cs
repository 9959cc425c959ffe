using System.Collections.Concurrent;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HaiSoft.Controller.Listeners;

/// <summary>The ports that are really listened on, once the controller has started: port 0 becomes a free one.</summary>
internal sealed class BoundPorts
{
    private readonly ConcurrentDictionary<ListenerKind, ListenOptions> _listeners = [];

    /// <summary>The port of a listener; absent while nothing listens.</summary>
    public int? Of(ListenerKind kind) => _listeners.GetValueOrDefault(kind)?.IPEndPoint?.Port;

    internal void Keep(ListenerKind kind, ListenOptions listener) => _listeners[kind] = listener;
}
