using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Trust;

/// <summary>The last catalogue that was accepted. It bounds the next one, also when it does not count any more.</summary>
/// <param name="Envelope">As it came.</param>
/// <param name="Content">What it says.</param>
/// <param name="Held">Below which no other is taken.</param>
internal sealed record HeldCatalogueFile(byte[] Envelope, Catalogue Content, HeldCatalogue Held)
{
    /// <summary>Reads one; null when there is none, or it was damaged.</summary>
    public static HeldCatalogueFile? Read(byte[] envelope)
    {
        if (envelope.Length == 0)
            return null;
        var opened = OpenedEnvelope.Open(envelope, PayloadTypes.Catalogue);
        if (opened.Refusal is not null)
            return null;
        var content = ExactBytes.Read(Catalogue.Parser, opened.Accepted.Payload.Span);
        return content.Refusal is null ? new(envelope, content.Accepted, new(content.Accepted.Version, opened.Accepted.Sha256)) : null;
    }
}
