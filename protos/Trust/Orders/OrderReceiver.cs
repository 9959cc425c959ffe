namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>Who judges an order, and when.</summary>
/// <param name="MachineId">The server's own: 64 lower-case hexadecimal digits.</param>
/// <param name="HeldOrderIds">Ids of orders that came before and have not expired: 32 lower-case hexadecimal digits each.</param>
/// <param name="Now">By the server's own clock.</param>
public sealed record OrderReceiver(string MachineId, IReadOnlySet<string> HeldOrderIds, DateTimeOffset Now);
