using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>One package that comes or goes, and what is verified of its files.</summary>
/// <param name="Change">As dnf resolved it.</param>
/// <param name="File">What it brings; absent when it goes.</param>
/// <param name="OldFile">The file of what is replaced; absent when nothing is, or it is not to be had.</param>
/// <param name="OldFileMissing">Why it is not to be had; empty otherwise.</param>
internal sealed record VerifiedChange(DnfChange Change, PackageFile? File, PackageFile? OldFile, string OldFileMissing)
{
    /// <summary>Where its files lie, by the names that they get.</summary>
    public IEnumerable<KeyValuePair<string, string>> Files
    {
        get
        {
            if (File is not null)
                yield return new(KeptPlans.NameOf(Write()), Change.File!.Path);
            if (OldFile is not null)
                yield return new(KeptPlans.OldNameOf(Write()), Change.OldFile!.Path);
        }
    }

    /// <summary>Verifies both files. Without the one of what is replaced the change can be made, and not undone.</summary>
    /// <param name="change">As dnf resolved it.</param>
    /// <param name="judge">Judges files.</param>
    /// <param name="keyFiles">Files that keys may be in, by repository.</param>
    /// <exception cref="PlanRefused">The file that it brings does not hold.</exception>
    public static async Task<VerifiedChange> OfAsync(
        DnfChange change, FetchedFiles judge, IReadOnlyDictionary<string, IReadOnlyList<string>> keyFiles, CancellationToken cancellationToken)
    {
        var file = change.File is null ? null : await judge.VerifyAsync(change.Name, change.NewVersion, change.Architecture, change.File, keyFiles, cancellationToken);
        if (change.OldFile is not { } old)
            return new(change, file, null, change.OldFileMissing);
        try
        {
            return new(change, file, await judge.VerifyAsync(change.Name, change.OldVersion, change.OldArchitecture, old, keyFiles, cancellationToken), "");
        }
        catch (PlanRefused refused)
        {
            return new(change, file, null, refused.Told.Detail);
        }
    }

    /// <summary>As a plan has it.</summary>
    public PackageChange Write() => new()
    {
        Action = Enum.Parse<PackageAction>(Change.Action, ignoreCase: true),
        Name = Change.Name,
        Architecture = Change.Architecture,
        OldVersion = Change.OldVersion,
        NewVersion = Change.NewVersion,
        Reason = Change.Asked ? PackageReason.Asked : PackageReason.Needed,
        File = File,
        OldVendor = Change.OldVendor,
        Advisories = { Change.Advisories.Order(StringComparer.Ordinal) },
        OldArchitecture = Change.OldArchitecture,
        OldFile = OldFile,
        OldFileMissing = OldFileMissing,
    };
}
