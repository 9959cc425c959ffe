namespace HaiSoft.Agent.Helper.Orders;

/// <summary>Starts the process that carries an order out, apart from this one.</summary>
internal interface IOrderStarter
{
    /// <summary>Begins to start it. Started twice, the second does nothing.</summary>
    Task StartAsync(string orderId, CancellationToken cancellationToken);
}
