using System.Security.Cryptography;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>What real dnf resolves of real packages, as a plan tells it.</summary>
public sealed class PlanTests : OnPlanBed
{
    [Fact]
    public async Task An_installation_is_told_with_what_it_needs_and_its_files_are_kept()
    {
        string app = await Bed.Repository.AddAsync(new RpmSpec("app", "1:1.1") { Header = ["Requires: lib = 1.1"], Vendor = "ACME", Ballast = 100_000 }, Stop);
        await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec("lib", "1.0") { Vendor = "Old" }, Stop));
        await Bed.Repository.AddAsync(new RpmSpec("lib", "1.1"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app", "lib");

        PlanAnswer answer = await Bed.InstallAsync("app");

        Plan plan = PlanBed.Read(answer);
        plan.Changes.Count.ShouldBe(2);
        plan.Changes[0].ShouldSatisfyAllConditions(
            change => change.Action.ShouldBe(PackageAction.Install),
            change => change.Name.ShouldBe("app"),
            change => change.Architecture.ShouldBe("noarch"),
            change => change.OldVersion.ShouldBeEmpty(),
            change => change.NewVersion.ShouldBe("1:1.1-1"),
            change => change.Reason.ShouldBe(PackageReason.Asked),
            change => change.File.RepositoryId.ShouldBe(PlanBed.RepositoryId),
            change => change.File.Sha256.ToByteArray().ShouldBe(SHA256.HashData(File.ReadAllBytes(app))),
            change => change.File.SizeBytes.ShouldBe(new FileInfo(app).Length),
            change => change.File.KeyFingerprint.ShouldBe(Bed.Repository.Key.Fingerprint),
            change => change.File.Vendor.ShouldBe("ACME"));
        plan.Changes[1].ShouldSatisfyAllConditions(
            change => change.Action.ShouldBe(PackageAction.Upgrade),
            change => change.Name.ShouldBe("lib"),
            change => change.OldVersion.ShouldBe("0:1.0-1"),
            change => change.NewVersion.ShouldBe("0:1.1-1"),
            change => change.OldVendor.ShouldBe("Old"),
            change => change.Reason.ShouldBe(PackageReason.Needed));
        plan.MachineId.ShouldBe(MachineId.Read(Bed.Root.Path));
        plan.CatalogueVersion.ShouldBe(1);
        plan.PackageStateHash.Length.ShouldBe(32);
        plan.InstalledGrowthBytes.ShouldBeGreaterThanOrEqualTo(100_000);
        plan.FreeBytes.ShouldBeGreaterThan(0);
        plan.RebootNeeded.ShouldBeFalse();
        string kept = Bed.KeptFolder(answer);
        Directory.GetFiles(kept).Select(Path.GetFileName).Order().ShouldBe(
            ["app-1_1.1-1.noarch.rpm", "lib-0_1.0-1.noarch.rpm", "lib-0_1.1-1.noarch.rpm", KeptPlans.PlanFile]);
        (await File.ReadAllBytesAsync(Path.Combine(kept, KeptPlans.PlanFile), Stop)).ShouldBe(answer.Plan.ToByteArray());
        (await File.ReadAllBytesAsync(Path.Combine(kept, "app-1_1.1-1.noarch.rpm"), Stop)).ShouldBe(await File.ReadAllBytesAsync(app, Stop));
    }

    [Fact]
    public async Task The_same_resolution_gives_the_same_plan_but_for_when_it_was_made_and_what_is_free()
    {
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.1"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app");

        Plan first = PlanBed.Read(await Bed.InstallAsync("app"));
        Bed.Time.Advance(TimeSpan.FromSeconds(90));
        Plan second = PlanBed.Read(await Bed.InstallAsync("app"));

        (second.CreatedTime.Seconds - first.CreatedTime.Seconds).ShouldBe(90);
        second.CreatedTime = first.CreatedTime;
        second.FreeBytes = first.FreeBytes;
        second.ShouldBe(first);
    }

    [Fact]
    public async Task What_is_installed_changes_the_state_that_a_plan_names()
    {
        string app = await Bed.Repository.AddAsync(new RpmSpec("app", "1.1"), Stop);
        await Bed.Repository.AddAsync(new RpmSpec("other", "1.1"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app", "other");

        Plan before = PlanBed.Read(await Bed.InstallAsync("other"));
        await Bed.Root.InstallAsync(Stop, app);

        PlanBed.Read(await Bed.InstallAsync("other")).PackageStateHash.ShouldNotBe(before.PackageStateHash);
    }

    [Theory]
    [InlineData(true, ConfigurationFileEffect.NewBeside)]
    [InlineData(false, ConfigurationFileEffect.OldSaved)]
    public async Task An_update_tells_which_changed_configuration_comes_anew(bool keeps, ConfigurationFileEffect effect)
    {
        foreach (string name in (string[])["changed", "untouched"])
        {
            await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec(name, "1.0") { Configuration = "one", KeepsConfiguration = keeps }, Stop));
            await Bed.Repository.AddAsync(new RpmSpec(name, "1.1") { Configuration = "two", KeepsConfiguration = keeps }, Stop);
        }

        await File.WriteAllTextAsync(Bed.Root["/etc/changed/conf"], "my own\n", Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("changed", "untouched");

        Plan plan = PlanBed.Read(await Bed.UpdateAsync("changed", "untouched"));

        plan.Changes.ShouldAllBe(change => change.Action == PackageAction.Upgrade && change.Reason == PackageReason.Asked);
        plan.ConfigurationFiles.ShouldBe([new ConfigurationFileChange { Path = "/etc/changed/conf", Package = "changed", Effect = effect }]);
        // rpm itself says the same.
        await Bed.Root.InstallAsync(Stop, Path.Combine(Bed.Repository.Folder, "changed-1.1-1.noarch.rpm"));
        File.Exists(Bed.Root["/etc/changed/conf.rpmnew"]).ShouldBe(keeps);
        File.Exists(Bed.Root["/etc/changed/conf.rpmsave"]).ShouldBe(!keeps);
    }

    [Theory]
    [InlineData(true, ConfigurationFileEffect.NewBeside, ".rpmnew")]
    [InlineData(false, ConfigurationFileEffect.OldSaved, ".rpmorig")]
    public async Task An_installation_tells_which_configuration_was_there_before_any_package(bool keeps, ConfigurationFileEffect effect, string suffix)
    {
        string app = await Bed.Repository.AddAsync(new RpmSpec("app", "1.0") { Configuration = "one", KeepsConfiguration = keeps }, Stop);
        await Bed.Repository.PublishAsync(Stop);
        Directory.CreateDirectory(Bed.Root["/etc/app"]);
        await File.WriteAllTextAsync(Bed.Root["/etc/app/conf"], "my own\n", Stop);
        Bed.List("app");

        Plan plan = PlanBed.Read(await Bed.InstallAsync("app"));

        plan.ConfigurationFiles.ShouldBe([new ConfigurationFileChange { Path = "/etc/app/conf", Package = "app", Effect = effect }]);
        await Bed.Root.InstallAsync(Stop, app);
        File.Exists(Bed.Root["/etc/app/conf" + suffix]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_system_library_asks_for_a_reboot()
    {
        await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec("glibc", "1.0"), Stop));
        await Bed.Repository.AddAsync(new RpmSpec("glibc", "1.1"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("glibc");

        PlanBed.Read(await Bed.UpdateAsync("glibc")).RebootNeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Security_updates_are_those_that_an_advisory_is_out_for_and_bear_its_id()
    {
        RpmSpec fix = new("holed", "1.1");
        foreach (string name in (string[])["holed", "sound", "unlisted"])
        {
            await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec(name, "1.0"), Stop));
            await Bed.Repository.AddAsync(new RpmSpec(name, "1.1"), Stop);
        }

        await Bed.Repository.PublishAsync(Stop, fix, new RpmSpec("unlisted", "1.1"));
        Bed.List("holed", "sound");

        Plan plan = PlanBed.Read(await Bed.AskAsync(new PlanRequest { SecurityUpdates = new SecurityUpdates() }));

        plan.Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Name.ShouldBe("holed"),
            change => change.Action.ShouldBe(PackageAction.Upgrade),
            change => change.Advisories.ShouldBe(["TEST-holed-1.1"]));
    }

    [Fact]
    public async Task With_nothing_left_to_do_the_plan_is_empty()
    {
        await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop));
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app");

        PlanBed.Read(await Bed.UpdateAsync("app")).Changes.ShouldBeEmpty();
        PlanBed.Read(await Bed.AskAsync(new PlanRequest { SecurityUpdates = new SecurityUpdates() })).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_package_that_takes_anothers_place_is_told()
    {
        await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec("old-name", "1.0") { Vendor = "Old" }, Stop));
        await Bed.Repository.AddAsync(new RpmSpec("new-name", "2.0") { Header = ["Obsoletes: old-name < 2", "Provides: old-name = 2"] }, Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("new-name");

        Plan plan = PlanBed.Read(await Bed.InstallAsync("new-name"));

        plan.Changes.Select(change => (change.Name, change.Action)).ShouldBe([("new-name", PackageAction.Install), ("old-name", PackageAction.Obsolete)]);
        plan.Changes[1].ShouldSatisfyAllConditions(
            change => change.OldVersion.ShouldBe("0:1.0-1"),
            change => change.NewVersion.ShouldBeEmpty(),
            change => change.OldVendor.ShouldBe("Old"),
            change => change.File.ShouldBeNull());
    }

    [Fact]
    public async Task A_version_range_holds_for_what_is_asked_for_and_for_what_it_needs()
    {
        foreach (string version in (string[])["1.0", "1.1", "1.2"])
        {
            await Bed.Repository.AddAsync(new RpmSpec("app", version) { Header = ["Requires: lib"] }, Stop);
            await Bed.Repository.AddAsync(new RpmSpec("lib", version), Stop);
        }

        await Bed.Repository.PublishAsync(Stop);
        Bed.List(catalogue =>
        {
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId, Versions = new VersionRange { Below = "1.2" } });
            catalogue.Packages.Add(new Package { Name = "lib", RepositoryId = PlanBed.RepositoryId });
            catalogue.DeniedPackages.Add(new DeniedPackage { Name = "lib", Versions = new VersionRange { AtLeast = "1.1" }, Reason = "broken" });
        });

        PlanBed.Read(await Bed.InstallAsync("app")).Changes.Select(change => change.NewVersion).ShouldBe(["0:1.1-1", "0:1.0-1"]);
    }

    [Fact]
    public async Task A_higher_version_of_another_repository_does_not_count()
    {
        await using RpmRepository other = await RpmRepository.CreateAsync(Stop);
        await other.AddAsync(new RpmSpec("app", "9.0"), Stop);
        await other.AddAsync(new RpmSpec("tool", "1.0"), Stop);
        await other.PublishAsync(Stop);
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List(catalogue =>
        {
            catalogue.Repositories.Add(new Repository { RepositoryId = "other", BaseUrls = { other.BaseUrl }, KeyFingerprints = { other.Key.Fingerprint } });
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId });
            catalogue.Packages.Add(new Package { Name = "tool", RepositoryId = "other" });
        });

        Plan plan = PlanBed.Read(await Bed.InstallAsync("app", "tool"));

        plan.Changes.Select(change => (change.Name, change.NewVersion, change.File.RepositoryId, change.File.KeyFingerprint)).ShouldBe(
            [("app", "0:1.0-1", PlanBed.RepositoryId, Bed.Repository.Key.Fingerprint), ("tool", "0:1.0-1", "other", other.Key.Fingerprint)]);
    }

    [Fact]
    public async Task An_address_may_name_the_servers_architecture()
    {
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Directory.CreateSymbolicLink(Path.Combine(Bed.Repository.Folder, "x86_64"), ".");
        Bed.List(catalogue =>
        {
            catalogue.Repositories[0].BaseUrls.Clear();
            catalogue.Repositories[0].BaseUrls.Add(Bed.Repository.BaseUrl + "$basearch/");
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId });
        });

        PlanBed.Read(await Bed.InstallAsync("app")).Changes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Plans_are_kept_for_eight_days()
    {
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app");
        string old = Bed.KeptFolder(await Bed.InstallAsync("app"));
        Directory.SetLastWriteTimeUtc(old, Bed.Time.GetUtcNow().UtcDateTime.AddDays(-8.1));
        Directory.CreateDirectory(old + ".making");

        string young = Bed.KeptFolder(await Bed.UpdateAsync("app") is { Refusal: not null } ? await AnotherAsync() : throw new InvalidOperationException("It is not installed."));

        Directory.GetDirectories(Path.GetDirectoryName(old)!).ShouldBe([young]);

        async Task<PlanAnswer> AnotherAsync()
        {
            Bed.Time.Advance(TimeSpan.FromSeconds(1));
            return await Bed.InstallAsync("app");
        }
    }
}
