namespace HaiSoft.Controller.Listeners;

/// <summary>The port that an endpoint is for; one that does not say is for the console.</summary>
internal sealed record OnListener(ListenerKind Kind);
