using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// Writes a plan down. The same resolution gives the same bytes, but for two things that are not its own: when it was made, and what is
/// free on the disk.
/// </summary>
internal static class PlanDraft
{
    public static Plan Write(PlanRequest request, TrustedCatalogue catalogue, DnfPlan resolved, IReadOnlyDictionary<DnfChange, PackageFile> files)
    {
        var plan = new Plan
        {
            CatalogueVersion = catalogue.Content.Version,
            PackageStateHash = ByteString.CopyFrom(Convert.FromHexString(resolved.PackageStateHash)),
            RebootNeeded = resolved.RebootNeeded,
            InstalledGrowthBytes = resolved.InstalledGrowthBytes,
            FreeBytes = resolved.FreeBytes,
        }.For(request.WhatIsAsked());
        plan.Changes.Add(resolved.Changes.Select(change => Write(change, files.GetValueOrDefault(change)))
            .OrderBy(change => change.Name, StringComparer.Ordinal)
            .ThenBy(change => change.Architecture, StringComparer.Ordinal)
            .ThenBy(change => change.Action));
        plan.RestartedUnits.Add(resolved.RestartedUnits.Order(StringComparer.Ordinal));
        plan.ConfigurationFiles.Add(resolved.ConfigurationFiles.OrderBy(file => file.Path, StringComparer.Ordinal).Select(Write));
        return plan;
    }

    /// <summary>The time as a plan has it: whole seconds.</summary>
    public static Timestamp WholeSecond(DateTimeOffset time) => new() { Seconds = time.ToUnixTimeSeconds() };

    private static PackageChange Write(DnfChange change, PackageFile? file) => new()
    {
        Action = System.Enum.Parse<PackageAction>(change.Action, ignoreCase: true),
        Name = change.Name,
        Architecture = change.Architecture,
        OldVersion = change.OldVersion,
        NewVersion = change.NewVersion,
        Reason = change.Asked ? PackageReason.Asked : PackageReason.Needed,
        File = file,
        OldVendor = change.OldVendor,
        Advisories = { change.Advisories.Order(StringComparer.Ordinal) },
    };

    private static ConfigurationFileChange Write(DnfConfigurationFile file) => new()
    {
        Path = file.Path,
        Package = file.Package,
        Effect = file.NewBeside ? ConfigurationFileEffect.NewBeside : ConfigurationFileEffect.OldSaved,
    };
}
