using System.Text.Json;
using Google.Protobuf;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;

namespace HaiSoft.Ctl.Json;

/// <summary>What is sealed, for programs.</summary>
internal static class SealedShaping
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    /// <summary>A root, a catalogue or an order.</summary>
    public static SealedShape Of(OpenedEnvelope envelope, IMessage content, Refused? refusal) => new(
        envelope.PayloadType,
        envelope.Sha256,
        [.. envelope.Signatures.Select(signature => new SignatureShape(signature.KeyId, JsonNamingPolicy.SnakeCaseLower.ConvertName(signature.Kind.ToString())))],
        Content(content),
        refusal is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.Reason.ToString()),
        refusal?.Words);

    /// <summary>A message with the fields of the protos.</summary>
    /// <returns>Null when it has instants that are none, which JSON cannot say: nobody has judged it yet.</returns>
    public static JsonElement? Content(IMessage content)
    {
        try
        {
            return JsonElement.Parse(Formatter.Format(content));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
