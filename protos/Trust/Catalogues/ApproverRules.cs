using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>What must hold for approvers, controllers, and for where passkeys are used.</summary>
internal static class ApproverRules
{
    public static bool IsKnown(SignatureKind kind) => kind is SignatureKind.KeyFile or SignatureKind.Passkey;

    public static void Find(Catalogue catalogue, Faults faults)
    {
        foreach ((int i, Approver approver) in catalogue.Approvers.Index())
        {
            string path = Faults.Item("approvers", i);
            KeyRules.Find(approver.Key, $"{path}.key", faults);
            faults.Unless(IsKnown(approver.Kind), $"{path}.kind", $"is {approver.Kind}, which this version does not know.");
        }

        foreach ((int i, SigningKey controller) in catalogue.Controllers.Index())
            KeyRules.Find(controller, Faults.Item("controllers", i), faults);
        faults.Unless(catalogue.Controllers.Count > 0, "controllers", "has none: no order could ever count.");
        FindTwice(catalogue, faults);
        FindPasskeys(catalogue, faults);
    }

    // One key in two roles would be two signatures of one signer.
    private static void FindTwice(Catalogue catalogue, Faults faults)
    {
        HashSet<string> approvers = [.. catalogue.Approvers.Select(approver => approver.Key?.KeyId ?? "")];
        faults.UnlessDistinct(catalogue.Approvers.Select(approver => approver.Key?.KeyId ?? ""), "approvers", ".key.keyId");
        faults.UnlessDistinct(catalogue.Controllers.Select(controller => controller.KeyId), "controllers", ".keyId");
        foreach ((int i, SigningKey controller) in catalogue.Controllers.Index())
            faults.Unless(!approvers.Contains(controller.KeyId), $"{Faults.Item("controllers", i)}.keyId", "is an approver's: a key has one role.");
    }

    private static void FindPasskeys(Catalogue catalogue, Faults faults)
    {
        if (catalogue.Passkeys is not { } settings)
        {
            faults.Unless(catalogue.Approvers.All(approver => approver.Kind != SignatureKind.Passkey), "passkeys", "is missing, and an approver has one.");
            return;
        }

        faults.Unless(Words.IsHostName(settings.RelyingPartyId), "passkeys.relyingPartyId", "is not a host name in lower case.");
        faults.Unless(settings.Origins.Count > 0, "passkeys.origins", "has none.");
        foreach ((int i, string origin) in settings.Origins.Index())
        {
            faults.Unless(
                IsOrigin(origin, settings.RelyingPartyId),
                Faults.Item("passkeys.origins", i),
                "is not https:// and a host that is the relying party's id or lies below it (and :port, unless that is 443).");
        }
    }

    private static bool IsOrigin(string origin, string relyingParty) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.GetLeftPart(UriPartial.Authority) == origin
        && (uri.Host == relyingParty || uri.Host.EndsWith("." + relyingParty, StringComparison.Ordinal));
}
