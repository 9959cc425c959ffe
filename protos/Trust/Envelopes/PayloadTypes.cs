namespace HaiSoft.Protocol.Trust.Envelopes;

/// <summary>
/// What is signed says what it is: each of these stands in front of what is hashed (<see cref="PreAuthentication"/>), so that a
/// signature over one can never be shown as one over another.
/// </summary>
public static class PayloadTypes
{
    /// <summary>A root.</summary>
    public const string Root = "application/vnd.haisoft.root.v1+protobuf";

    /// <summary>A catalogue.</summary>
    public const string Catalogue = "application/vnd.haisoft.catalogue.v1+protobuf";

    /// <summary>An order, signed by a controller or a key file.</summary>
    public const string Order = "application/vnd.haisoft.order.v1+protobuf";

    /// <summary>An order, approved by a passkey. No envelope bears it: it is what the challenge is made with.</summary>
    public const string OrderPasskey = "application/vnd.haisoft.order-passkey.v1";

    /// <summary>A sign-in by a passkey. No envelope bears it.</summary>
    public const string SignIn = "application/vnd.haisoft.sign-in.v1";
}
