using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Orders;

/// <summary>An order that may be carried out, once its plan was made again and is the same.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Sha256">Of its exact bytes, 64 lower-case hexadecimal digits.</param>
public sealed record VerifiedOrder(Order Content, string Sha256)
{
    /// <summary>32 lower-case hexadecimal digits; to be held until the order expires.</summary>
    public string Id { get; } = Convert.ToHexStringLower(Content.OrderId.Span);
}
