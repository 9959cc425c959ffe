using HaiSoft.Controller.Listeners;

namespace HaiSoft.Controller.Telemetry;

/// <summary>Whether the controller can do its work now: it listens on every port and can write its store, which is whole. The schema is up to date before it listens at all.</summary>
internal sealed class Readiness(StoreWatch store, StoreExamination examination, BoundPorts ports, IHostApplicationLifetime lifetime)
{
    /// <summary>Why it cannot, each in a sentence without an end; empty when it can.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. !lifetime.ApplicationStarted.IsCancellationRequested ? ["it is starting"] : Array.Empty<string>(),
        .. lifetime.ApplicationStopping.IsCancellationRequested ? ["it is stopping"] : Array.Empty<string>(),
        .. Enum.GetValues<ListenerKind>().Where(kind => ports.Of(kind) is null or 0).Select(kind => $"nobody listens for {kind}"),
        .. store.Fault is { } fault ? [fault] : Array.Empty<string>(),
        .. examination.Damage is { } damage ? [damage] : Array.Empty<string>(),
    ];

    /// <summary>Why what is reported or done cannot be kept; absent when it can. For the console.</summary>
    public string? StoreFault => store.Fault;

    /// <summary>What is wrong with the database though it can be written; absent when nothing is known to be. For the console.</summary>
    public string? StoreDamage => examination.Damage;
}
