using System.Security.Cryptography;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>What real dnf resolves of real packages, as a plan tells it.</summary>
public sealed class PlanTests : IAsyncLifetime
{
    private PlanBed _bed = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PlanBed.WhyNot() is not null, PlanBed.WhyNot() ?? "");
        _bed = await PlanBed.MakeAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
        {
            await _bed.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_installation_is_told_with_what_it_needs_and_its_files_are_kept()
    {
        string app = await _bed.Repository.AddAsync(new RpmSpec("app", "1:1.1") { Header = ["Requires: lib = 1.1"], Vendor = "ACME", Ballast = 100_000 }, Stop);
        await _bed.Root.InstallAsync(Stop, await _bed.Repository.AddAsync(new RpmSpec("lib", "1.0") { Vendor = "Old" }, Stop));
        await _bed.Repository.AddAsync(new RpmSpec("lib", "1.1"), Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("app", "lib");

        PlanAnswer answer = await _bed.InstallAsync("app");

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
            change => change.File.KeyFingerprint.ShouldBe(_bed.Repository.Key.Fingerprint),
            change => change.File.Vendor.ShouldBe("ACME"));
        plan.Changes[1].ShouldSatisfyAllConditions(
            change => change.Action.ShouldBe(PackageAction.Upgrade),
            change => change.Name.ShouldBe("lib"),
            change => change.OldVersion.ShouldBe("0:1.0-1"),
            change => change.NewVersion.ShouldBe("0:1.1-1"),
            change => change.OldVendor.ShouldBe("Old"),
            change => change.Reason.ShouldBe(PackageReason.Needed));
        plan.MachineId.ShouldBe(MachineId.Read(_bed.Root.Path));
        plan.CatalogueVersion.ShouldBe(1);
        plan.PackageStateHash.Length.ShouldBe(32);
        plan.InstalledGrowthBytes.ShouldBeGreaterThanOrEqualTo(100_000);
        plan.FreeBytes.ShouldBeGreaterThan(0);
        plan.RebootNeeded.ShouldBeFalse();
        string kept = _bed.KeptFolder(answer);
        Directory.GetFiles(kept).Select(Path.GetFileName).Order().ShouldBe(["app-1_1.1-1.noarch.rpm", "lib-0_1.1-1.noarch.rpm", KeptPlans.PlanFile]);
        (await File.ReadAllBytesAsync(Path.Combine(kept, KeptPlans.PlanFile), Stop)).ShouldBe(answer.Plan.ToByteArray());
        (await File.ReadAllBytesAsync(Path.Combine(kept, "app-1_1.1-1.noarch.rpm"), Stop)).ShouldBe(await File.ReadAllBytesAsync(app, Stop));
    }

    [Fact]
    public async Task The_same_resolution_gives_the_same_plan_but_for_when_it_was_made_and_what_is_free()
    {
        await _bed.Repository.AddAsync(new RpmSpec("app", "1.1"), Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("app");

        Plan first = PlanBed.Read(await _bed.InstallAsync("app"));
        _bed.Time.Advance(TimeSpan.FromSeconds(90));
        Plan second = PlanBed.Read(await _bed.InstallAsync("app"));

        (second.CreatedTime.Seconds - first.CreatedTime.Seconds).ShouldBe(90);
        second.CreatedTime = first.CreatedTime;
        second.FreeBytes = first.FreeBytes;
        second.ShouldBe(first);
    }

    [Fact]
    public async Task What_is_installed_changes_the_state_that_a_plan_names()
    {
        string app = await _bed.Repository.AddAsync(new RpmSpec("app", "1.1"), Stop);
        await _bed.Repository.AddAsync(new RpmSpec("other", "1.1"), Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("app", "other");

        Plan before = PlanBed.Read(await _bed.InstallAsync("other"));
        await _bed.Root.InstallAsync(Stop, app);

        PlanBed.Read(await _bed.InstallAsync("other")).PackageStateHash.ShouldNotBe(before.PackageStateHash);
    }

    [Theory]
    [InlineData(true, ConfigurationFileEffect.NewBeside)]
    [InlineData(false, ConfigurationFileEffect.OldSaved)]
    public async Task An_update_tells_which_changed_configuration_comes_anew(bool keeps, ConfigurationFileEffect effect)
    {
        foreach (string name in (string[])["changed", "untouched"])
        {
            await _bed.Root.InstallAsync(Stop, await _bed.Repository.AddAsync(new RpmSpec(name, "1.0") { Configuration = "one", KeepsConfiguration = keeps }, Stop));
            await _bed.Repository.AddAsync(new RpmSpec(name, "1.1") { Configuration = "two", KeepsConfiguration = keeps }, Stop);
        }

        await File.WriteAllTextAsync(_bed.Root["/etc/changed/conf"], "my own\n", Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("changed", "untouched");

        Plan plan = PlanBed.Read(await _bed.UpdateAsync("changed", "untouched"));

        plan.Changes.ShouldAllBe(change => change.Action == PackageAction.Upgrade && change.Reason == PackageReason.Asked);
        plan.ConfigurationFiles.ShouldBe([new ConfigurationFileChange { Path = "/etc/changed/conf", Package = "changed", Effect = effect }]);
        // rpm itself says the same.
        await _bed.Root.InstallAsync(Stop, Path.Combine(_bed.Repository.Folder, "changed-1.1-1.noarch.rpm"));
        File.Exists(_bed.Root["/etc/changed/conf.rpmnew"]).ShouldBe(keeps);
        File.Exists(_bed.Root["/etc/changed/conf.rpmsave"]).ShouldBe(!keeps);
    }

    [Theory]
    [InlineData(true, ConfigurationFileEffect.NewBeside, ".rpmnew")]
    [InlineData(false, ConfigurationFileEffect.OldSaved, ".rpmorig")]
    public async Task An_installation_tells_which_configuration_was_there_before_any_package(bool keeps, ConfigurationFileEffect effect, string suffix)
    {
        string app = await _bed.Repository.AddAsync(new RpmSpec("app", "1.0") { Configuration = "one", KeepsConfiguration = keeps }, Stop);
        await _bed.Repository.PublishAsync(Stop);
        Directory.CreateDirectory(_bed.Root["/etc/app"]);
        await File.WriteAllTextAsync(_bed.Root["/etc/app/conf"], "my own\n", Stop);
        _bed.List("app");

        Plan plan = PlanBed.Read(await _bed.InstallAsync("app"));

        plan.ConfigurationFiles.ShouldBe([new ConfigurationFileChange { Path = "/etc/app/conf", Package = "app", Effect = effect }]);
        await _bed.Root.InstallAsync(Stop, app);
        File.Exists(_bed.Root["/etc/app/conf" + suffix]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_system_library_asks_for_a_reboot()
    {
        await _bed.Root.InstallAsync(Stop, await _bed.Repository.AddAsync(new RpmSpec("glibc", "1.0"), Stop));
        await _bed.Repository.AddAsync(new RpmSpec("glibc", "1.1"), Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("glibc");

        PlanBed.Read(await _bed.UpdateAsync("glibc")).RebootNeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Security_updates_are_those_that_an_advisory_is_out_for_and_bear_its_id()
    {
        RpmSpec fix = new("holed", "1.1");
        foreach (string name in (string[])["holed", "sound", "unlisted"])
        {
            await _bed.Root.InstallAsync(Stop, await _bed.Repository.AddAsync(new RpmSpec(name, "1.0"), Stop));
            await _bed.Repository.AddAsync(new RpmSpec(name, "1.1"), Stop);
        }

        await _bed.Repository.PublishAsync(Stop, fix, new RpmSpec("unlisted", "1.1"));
        _bed.List("holed", "sound");

        Plan plan = PlanBed.Read(await _bed.AskAsync(new PlanRequest { SecurityUpdates = new SecurityUpdates() }));

        plan.Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Name.ShouldBe("holed"),
            change => change.Action.ShouldBe(PackageAction.Upgrade),
            change => change.Advisories.ShouldBe(["TEST-holed-1.1"]));
    }

    [Fact]
    public async Task With_nothing_left_to_do_the_plan_is_empty()
    {
        await _bed.Root.InstallAsync(Stop, await _bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop));
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("app");

        PlanBed.Read(await _bed.UpdateAsync("app")).Changes.ShouldBeEmpty();
        PlanBed.Read(await _bed.AskAsync(new PlanRequest { SecurityUpdates = new SecurityUpdates() })).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_package_that_takes_anothers_place_is_told()
    {
        await _bed.Root.InstallAsync(Stop, await _bed.Repository.AddAsync(new RpmSpec("old-name", "1.0") { Vendor = "Old" }, Stop));
        await _bed.Repository.AddAsync(new RpmSpec("new-name", "2.0") { Header = ["Obsoletes: old-name < 2", "Provides: old-name = 2"] }, Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("new-name");

        Plan plan = PlanBed.Read(await _bed.InstallAsync("new-name"));

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
            await _bed.Repository.AddAsync(new RpmSpec("app", version) { Header = ["Requires: lib"] }, Stop);
            await _bed.Repository.AddAsync(new RpmSpec("lib", version), Stop);
        }

        await _bed.Repository.PublishAsync(Stop);
        _bed.List(catalogue =>
        {
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId, Versions = new VersionRange { Below = "1.2" } });
            catalogue.Packages.Add(new Package { Name = "lib", RepositoryId = PlanBed.RepositoryId });
            catalogue.DeniedPackages.Add(new DeniedPackage { Name = "lib", Versions = new VersionRange { AtLeast = "1.1" }, Reason = "broken" });
        });

        PlanBed.Read(await _bed.InstallAsync("app")).Changes.Select(change => change.NewVersion).ShouldBe(["0:1.1-1", "0:1.0-1"]);
    }

    [Fact]
    public async Task A_higher_version_of_another_repository_does_not_count()
    {
        await using RpmRepository other = await RpmRepository.CreateAsync(Stop);
        await other.AddAsync(new RpmSpec("app", "9.0"), Stop);
        await other.AddAsync(new RpmSpec("tool", "1.0"), Stop);
        await other.PublishAsync(Stop);
        await _bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List(catalogue =>
        {
            catalogue.Repositories.Add(new Repository { RepositoryId = "other", BaseUrls = { other.BaseUrl }, KeyFingerprints = { other.Key.Fingerprint } });
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId });
            catalogue.Packages.Add(new Package { Name = "tool", RepositoryId = "other" });
        });

        Plan plan = PlanBed.Read(await _bed.InstallAsync("app", "tool"));

        plan.Changes.Select(change => (change.Name, change.NewVersion, change.File.RepositoryId, change.File.KeyFingerprint)).ShouldBe(
            [("app", "0:1.0-1", PlanBed.RepositoryId, _bed.Repository.Key.Fingerprint), ("tool", "0:1.0-1", "other", other.Key.Fingerprint)]);
    }

    [Fact]
    public async Task An_address_may_name_the_servers_architecture()
    {
        await _bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await _bed.Repository.PublishAsync(Stop);
        Directory.CreateSymbolicLink(Path.Combine(_bed.Repository.Folder, "x86_64"), ".");
        _bed.List(catalogue =>
        {
            catalogue.Repositories[0].BaseUrls.Clear();
            catalogue.Repositories[0].BaseUrls.Add(_bed.Repository.BaseUrl + "$basearch/");
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId });
        });

        PlanBed.Read(await _bed.InstallAsync("app")).Changes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Plans_are_kept_for_eight_days()
    {
        await _bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await _bed.Repository.PublishAsync(Stop);
        _bed.List("app");
        string old = _bed.KeptFolder(await _bed.InstallAsync("app"));
        Directory.SetLastWriteTimeUtc(old, _bed.Time.GetUtcNow().UtcDateTime.AddDays(-8.1));
        Directory.CreateDirectory(old + ".making");

        string young = _bed.KeptFolder(await _bed.UpdateAsync("app") is { Refusal: not null } ? await AnotherAsync() : throw new InvalidOperationException("It is not installed."));

        Directory.GetDirectories(Path.GetDirectoryName(old)!).ShouldBe([young]);

        async Task<PlanAnswer> AnotherAsync()
        {
            _bed.Time.Advance(TimeSpan.FromSeconds(1));
            return await _bed.InstallAsync("app");
        }
    }
}
