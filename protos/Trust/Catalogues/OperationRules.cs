using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>What must hold for operations.</summary>
internal static class OperationRules
{
    private const int MostSignatures = 5;

    public static void Find(Catalogue catalogue, Faults faults)
    {
        foreach ((int i, Operation operation) in catalogue.Operations.Index())
            Find(operation, catalogue, Faults.Item("operations", i), faults);
        faults.UnlessDistinct(catalogue.Operations.Select(operation => operation.Kind), "operations", ".kind");
    }

    /// <summary>Operations that this version does not know.</summary>
    public static void FindUnknown(Catalogue catalogue, Faults faults)
    {
        foreach ((int i, Operation operation) in catalogue.Operations.Index())
        {
            faults.Unless(
                operation.Kind != OperationKind.Unspecified && Enum.IsDefined(operation.Kind),
                $"{Faults.Item("operations", i)}.kind",
                $"is {operation.Kind}, which this version does not know.");
        }
    }

    /// <summary>True for what may be done without an approver: it changes nothing on the server.</summary>
    public static bool IsHarmless(OperationKind kind) => kind is OperationKind.LocateDisk or OperationKind.SelfTest;

    /// <summary>True for what is planned first, and carries a plan's hash.</summary>
    public static bool IsPlanned(OperationKind kind) => !IsHarmless(kind);

    private static void Find(Operation operation, Catalogue catalogue, string path, Faults faults)
    {
        int lowest = IsHarmless(operation.Kind) ? 0 : 1;
        faults.Unless(
            operation.SignatureCount >= lowest && operation.SignatureCount <= MostSignatures,
            $"{path}.signatureCount",
            $"is {operation.SignatureCount}: for this operation it is {lowest} to {MostSignatures}.");
        faults.Unless(operation.SignatureCount == 0 || operation.SignatureKinds.Count > 0, $"{path}.signatureKinds", "has none: which signatures count?");
        foreach ((int i, SignatureKind kind) in operation.SignatureKinds.Index())
            faults.Unless(ApproverRules.IsKnown(kind), Faults.Item($"{path}.signatureKinds", i), $"is {kind}, which this version does not know.");
        faults.UnlessDistinct(operation.SignatureKinds, $"{path}.signatureKinds");
        faults.Unless(!operation.Reboot || !IsHarmless(operation.Kind), $"{path}.reboot", "is set: this operation changes nothing that a reboot would bring in.");
        int able = catalogue.Approvers.Where(approver => operation.SignatureKinds.Contains(approver.Kind)).Select(approver => approver.Key?.KeyId).Distinct().Count();
        faults.Unless(able >= operation.SignatureCount, $"{path}.signatureCount", $"is {operation.SignatureCount}, and only {able} of the approvers sign with a kind that counts.");
    }
}
