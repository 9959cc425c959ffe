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
    public static Plan Write(PlanRequest request, TrustedCatalogue catalogue, DnfPlan resolved, IEnumerable<VerifiedChange> changes)
    {
        var plan = new Plan
        {
            CatalogueVersion = catalogue.Content.Version,
            PackageStateHash = ByteString.CopyFrom(Convert.FromHexString(resolved.PackageStateHash)),
            RebootNeeded = resolved.RebootNeeded,
            InstalledGrowthBytes = resolved.InstalledGrowthBytes,
            FreeBytes = resolved.FreeBytes,
        }.For(request.WhatIsAsked());
        plan.Changes.Add(changes.Select(change => change.Write())
            .OrderBy(change => change.Name, StringComparer.Ordinal)
            .ThenBy(change => change.Architecture, StringComparer.Ordinal)
            .ThenBy(change => change.Action));
        plan.RestartedUnits.Add(resolved.RestartedUnits.Order(StringComparer.Ordinal));
        plan.StoppedUnits.Add(resolved.StoppedUnits.Order(StringComparer.Ordinal));
        plan.ConfigurationFiles.Add(resolved.ConfigurationFiles.OrderBy(file => file.Path, StringComparer.Ordinal).Select(Write));
        return plan;
    }

    /// <summary>The time as a plan has it: whole seconds.</summary>
    public static Timestamp WholeSecond(DateTimeOffset time) => new() { Seconds = time.ToUnixTimeSeconds() };

    private static ConfigurationFileChange Write(DnfConfigurationFile file) => new()
    {
        Path = file.Path,
        Package = file.Package,
        Effect = file.NewBeside ? ConfigurationFileEffect.NewBeside : ConfigurationFileEffect.OldSaved,
    };
}
