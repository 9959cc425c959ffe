namespace HaiSoft.Controller.Catalogues;

/// <summary>What a server verifies orders by, as far as it decides what it is offered.</summary>
/// <param name="Pinned">A root's fingerprint lies on it: without one it can take nothing.</param>
/// <param name="RootVersion">0 for none.</param>
/// <param name="CatalogueVersion">0 for none.</param>
/// <param name="Refuses">It refused what it was offered last.</param>
internal readonly record struct HeldByServer(bool Pinned, long RootVersion, long CatalogueVersion, bool Refuses);
