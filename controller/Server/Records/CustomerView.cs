namespace HaiSoft.Controller.Records;

/// <summary>A customer.</summary>
/// <param name="CustomerId">Its record.</param>
/// <param name="Name">Unique.</param>
/// <param name="Email">For tickets and notices.</param>
/// <param name="CreatedAt">When the record was made.</param>
/// <param name="ServerCount">Servers that it rents.</param>
public sealed record CustomerView(string CustomerId, string Name, string Email, DateTimeOffset CreatedAt, int ServerCount);
