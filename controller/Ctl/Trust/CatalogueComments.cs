namespace HaiSoft.Ctl.Trust;

/// <summary>What each part of a catalogue is for, as it stands in the text that people edit.</summary>
internal static class CatalogueComments
{
    private static readonly Dictionary<string, string[]> Comments = new()
    {
        ["version"] = ["Greater than that of every catalogue before; servers refuse a lower one."],
        ["createdTime"] = ["UTC, whole seconds. It counts from here to expiryTime, 30 days at most."],
        ["repositories"] =
        [
            "From where packages come: base URLs, and fingerprints of the OpenPGP keys that sign them (upper case, no spaces).",
            "A repository's keys count for the packages that are assigned to it, and for no other.",
        ],
        ["packages"] =
        [
            "What may be installed and updated: exact names, versions (atLeast counts, below does not; leave out what is open), one",
            "repository, and which options an order may set: service, port, documentRoot.",
        ],
        ["deniedPackages"] = ["What may never be installed, whatever is said above; without versions: none of them."],
        ["operations"] =
        [
            "Which operations there are, how many different approvers must sign, and by which kinds of signature. One is enough where it is",
            "routine or (customerRequest) the customer asked, for up to 10 servers; and in an emergency, for an order with an open incident.",
            "With reboot, an order may have the server reboot afterwards, once; otherwise none can.",
        ],
        ["approvers"] =
        [
            "Who may approve: key (publicKey is what stands between the lines of a .pub file; keyId: haisoftctl key show) and kind,",
            "SIGNATURE_KIND_KEY_FILE or SIGNATURE_KIND_PASSKEY. Names are for people: two keys are two signatures, whoever has them.",
            "A passkey's entry is on its holder's page of the console, Account, Passkeys; it needs passkeys (below), which is there, too.",
        ],
        ["controllers"] = ["The controllers' keys: one of them must have signed every order. None may be an approver's."],
        ["passkeys"] = ["Where passkeys are used: the console's host name, or a domain above it, and its origins."],
    };

    /// <summary>The comment above a line that begins a part of the catalogue itself; none above others.</summary>
    public static IReadOnlyList<string> Above(string line)
    {
        bool begins = line.StartsWith("  \"", StringComparison.Ordinal) && line.IndexOf('"', 3) > 0;
        return begins && Comments.TryGetValue(line[3..line.IndexOf('"', 3)], out string[]? comment) ? comment : [];
    }
}
