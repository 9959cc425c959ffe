using System.Buffers.Text;
using System.Text.Json;
using Google.Protobuf;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.People;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.Passkeys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Operations;

/// <summary>Approval by passkeys in the console: which of a person's the catalogue lets sign an operation, and what they are asked to sign.</summary>
internal sealed class PasskeyApproval(OperationApproval approval, OrderSealing sealing, PasskeyRecords passkeys, TimeProvider time)
{
    /// <summary>The ids of those keys that the catalogue which counts now lists as passkeys of approvers.</summary>
    public async Task<IReadOnlySet<string>> ListedAsync(IEnumerable<PersonPasskey> theirs, CancellationToken cancellationToken) =>
        (await sealing.CatalogueAsync(time.GetUtcNow(), cancellationToken)) is { Refusal: null } judged
            ? Listed(theirs, judged.Accepted).Select(own => own.Key.Id).ToHashSet()
            : [];

    /// <summary>Whether a person's passkeys can sign an operation; absent when no signature is missing, or none can be taken.</summary>
    /// <param name="operation">As it is shown.</param>
    /// <param name="personId">Whose passkeys.</param>
    /// <param name="origin">Where the page is open: "https://console.example".</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public async Task<PasskeyOffer?> OfferAsync(OperationDetailView operation, string personId, string origin, CancellationToken cancellationToken)
    {
        OperationRow row = operation.Operation.Row;
        if (row.State != OperationState.AwaitingApproval || operation.Operation.SignaturesMissing == 0)
            return null;
        if ((await sealing.CatalogueAsync(time.GetUtcNow(), cancellationToken)) is not { Refusal: null, Accepted: var catalogue })
            return null;
        Order order = Order.Parser.ParseFrom(row.Payload);
        if (!catalogue.Operations.TryGetValue(order.Kind(), out Operation? entry))
            return null;
        if (!SignatureNeed.Of(entry, order).Kinds.Contains(SignatureKind.Passkey))
            return new(PasskeyObstacle.OtherKind);
        OwnPasskey[] listed = [.. Listed(await passkeys.ListAsync(personId, cancellationToken), catalogue)];
        OwnPasskey[] unsigned = [.. listed.Where(own => operation.Signatures.All(signature => signature.KeyId != own.Key.Id))];
        if (unsigned.Length == 0)
            return new(listed.Length == 0 ? PasskeyObstacle.NotListed : PasskeyObstacle.HasSigned);
        return catalogue.Content.Passkeys.Origins.Contains(origin)
            ? new(PasskeyObstacle.None, Ask(row.Payload, catalogue.Content.Passkeys.RelyingPartyId, unsigned))
            : new(PasskeyObstacle.OtherAddress);
    }

    /// <summary>Takes the signature of one of the person's own passkeys; it is judged as every other.</summary>
    /// <param name="number">The operation.</param>
    /// <param name="credential">What the browser answers (AuthenticationResponseJSON).</param>
    /// <param name="personId">Whose passkey it must be.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends it before it is written.</param>
    public async Task<OperationOutcome> SignAsync(
        long number, string credential, string personId, OperationActor by, CancellationToken cancellationToken)
    {
        if (PasskeyAnswer.Read(credential) is not { } answer)
            return new OperationOutcome.Refused("The browser sent no answer of a passkey.", ByState: false);
        IReadOnlyList<PersonPasskey> theirs = await passkeys.ListAsync(personId, cancellationToken);
        if (theirs.FirstOrDefault(own => own.CredentialId.AsSpan().SequenceEqual(answer.CredentialId))?.ApprovalKey is not { } key)
            return new OperationOutcome.Refused("The passkey is not one of your account that can approve.", ByState: false);
        OperationOutcome outcome = await approval.SignAsync(number, SignatureOf(answer, key), by, cancellationToken);
        if (outcome is OperationOutcome.Done)
            await passkeys.UsedAsync(answer.CredentialId, cancellationToken);
        return outcome;
    }

    private static IEnumerable<OwnPasskey> Listed(IEnumerable<PersonPasskey> theirs, TrustedCatalogue catalogue) =>
        from own in theirs
        let key = own.ApprovalKey
        where key is not null && catalogue.Approvers.TryGetValue(key.Id, out var listed) && listed.Kind == SignatureKind.Passkey
        select new OwnPasskey(own.CredentialId, key);

    // PublicKeyCredentialRequestOptionsJSON.
    private static string Ask(byte[] order, string relyingPartyId, IEnumerable<OwnPasskey> allowed) => JsonSerializer.Serialize(new
    {
        challenge = Base64Url.EncodeToString(PasskeyChallenge.ForOrder(order)),
        rpId = relyingPartyId,
        userVerification = "required",
        allowCredentials = allowed.Select(own => new { type = "public-key", id = Base64Url.EncodeToString(own.CredentialId) }),
    });

    private static Signature SignatureOf(PasskeyAnswer answer, VerificationKey key) => new()
    {
        KeyId = key.Id,
        Kind = SignatureKind.Passkey,
        Signature_ = ByteString.CopyFrom(answer.Signature),
        Passkey = new PasskeyProof
        {
            AuthenticatorData = ByteString.CopyFrom(answer.AuthenticatorData),
            ClientDataJson = ByteString.CopyFrom(answer.ClientDataJson),
        },
    };

    private sealed record OwnPasskey(byte[] CredentialId, VerificationKey Key);
}

/// <summary>Whether a person's passkeys can sign an operation.</summary>
/// <param name="Obstacle">Why not.</param>
/// <param name="Ask">What the browser is to ask them for (PublicKeyCredentialRequestOptionsJSON); empty when there is an obstacle.</param>
internal sealed record PasskeyOffer(PasskeyObstacle Obstacle, string Ask = "");

/// <summary>Why a person's passkeys cannot sign an operation.</summary>
internal enum PasskeyObstacle
{
    /// <summary>They can.</summary>
    None,

    /// <summary>The catalogue takes other kinds of signature for this operation.</summary>
    OtherKind,

    /// <summary>The catalogue lists none of them.</summary>
    NotListed,

    /// <summary>Each that is listed has signed.</summary>
    HasSigned,

    /// <summary>The catalogue does not list the address at which the console is open.</summary>
    OtherAddress,
}
