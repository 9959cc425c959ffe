namespace HaiSoft.Controller.Listeners;

/// <summary>The controller's ports.</summary>
internal enum ListenerKind
{
    /// <summary>Mutual TLS, for agents.</summary>
    Agents = 1,

    /// <summary>TLS, for technicians' command lines.</summary>
    Technicians = 2,

    /// <summary>For browsers.</summary>
    Console = 3,
}
