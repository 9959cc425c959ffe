using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Keys;

/// <summary>What must hold for keys wherever they are listed.</summary>
internal static class KeyRules
{
    private const int LongestName = 100;
    private const int LowestThreshold = 2;

    /// <summary>The key is one, its id is its own, and it has a name.</summary>
    public static void Find(SigningKey? key, string path, Faults faults)
    {
        VerificationKey? read = VerificationKey.Read((key?.PublicKey ?? Google.Protobuf.ByteString.Empty).Span);
        if (read is null)
            faults.Add($"{path}.publicKey", "is not a P-256 key (SubjectPublicKeyInfo, DER, uncompressed).");
        else
            faults.Unless(read.Id == key!.KeyId, $"{path}.keyId", $"is not the key's: {read.Id} is.");
        faults.Unless(Words.IsForPeople(key?.Name ?? "", LongestName), $"{path}.name", "is not a name of 1 to 100 visible characters.");
    }

    /// <summary>Each key is one and is there once, and the threshold can be met.</summary>
    public static void Find(KeySet? keys, string path, Faults faults)
    {
        if (keys is null)
        {
            faults.Add(path, "is missing.");
            return;
        }

        foreach ((int i, SigningKey key) in keys.Keys.Index())
            Find(key, Faults.Item($"{path}.keys", i), faults);
        faults.UnlessDistinct(keys.Keys.Select(key => key.KeyId), $"{path}.keys", ".keyId");
        int distinct = keys.Keys.Select(key => key.KeyId).Distinct().Count();
        faults.Unless(
            keys.Threshold >= LowestThreshold && keys.Threshold <= distinct,
            $"{path}.threshold",
            $"is {keys.Threshold}: it must be at least {LowestThreshold} and at most the number of keys, {distinct}.");
    }
}
