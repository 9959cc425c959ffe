using HaiSoft.Agent.Tests.Spool;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>Why there is no plan, each reason from a real case.</summary>
public sealed class PlanRefusalTests : OnPlanBed
{
    private static void ShouldBeRefused(PlanAnswer answer, PlanRefusalReason reason, params string[] words)
    {
        answer.AnswerCase.ShouldBe(PlanAnswer.AnswerOneofCase.Refusal);
        answer.Refusal.Reason.ShouldBe(reason, answer.Refusal.Detail);
        foreach (string word in words)
        {
            answer.Refusal.Detail.ShouldContain(word);
        }
    }

    [Fact]
    public async Task Without_a_catalogue_that_counts()
    {
        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.NoCatalogue);
        Bed.List("app");
        Bed.Time.Advance(TimeSpan.FromDays(7));
        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.NoCatalogue);
    }

    [Fact]
    public async Task A_server_whose_packages_are_not_RPMs()
    {
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app");
        Directory.CreateDirectory(Bed.Root["/var/lib/dpkg"]);
        await File.WriteAllTextAsync(Bed.Root["/var/lib/dpkg/status"], "", Stop);

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.NotSupported);
    }

    [Fact]
    public async Task What_the_catalogue_does_not_list_or_denies()
    {
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List(catalogue =>
        {
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId });
            catalogue.Packages.Add(new Package { Name = "telnet", RepositoryId = PlanBed.RepositoryId });
            catalogue.DeniedPackages.Add(new DeniedPackage { Name = "telnet", Reason = "passwords in clear" });
            catalogue.DeniedPackages.Add(new DeniedPackage { Name = "app", Versions = new VersionRange { Below = "2" }, Reason = "a hole" });
        });

        ShouldBeRefused(await Bed.InstallAsync("other"), PlanRefusalReason.NotListed, "other");
        ShouldBeRefused(await Bed.InstallAsync("telnet"), PlanRefusalReason.NotListed, "passwords in clear");
        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.NotListed, "app-1.0-1.noarch");
        ShouldBeRefused(await Bed.AskAsync(new PlanRequest()), PlanRefusalReason.NotListed);
        PackageInstall chosen = new() { Name = "app", Choices = { new PackageChoice { Port = 80 } } };
        ShouldBeRefused(await Bed.AskAsync(new PlanRequest { InstallPackages = new InstallPackages { Packages = { chosen } } }), PlanRefusalReason.NotListed, "app");
    }

    [Theory]
    [InlineData("--installroot=/tmp/x")]
    [InlineData("app;reboot")]
    [InlineData("../app")]
    [InlineData("app*")]
    [InlineData("/usr/bin/sh")]
    [InlineData("a\nb")]
    public async Task A_name_that_is_none_comes_to_no_program(string name)
    {
        Bed.List("app");
        ShouldBeRefused(await Bed.InstallAsync(name), PlanRefusalReason.NotListed, "exact name");
        ShouldBeRefused(await Bed.UpdateAsync(name), PlanRefusalReason.NotListed, "exact name");
    }

    [Fact]
    public async Task What_is_not_there_in_a_version_that_counts()
    {
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List(catalogue =>
        {
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId, Versions = new VersionRange { AtLeast = "2" } });
            catalogue.Packages.Add(new Package { Name = "absent", RepositoryId = PlanBed.RepositoryId });
        });

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.NotFound, "app-1.0-1.noarch", "does not list this version");
        ShouldBeRefused(await Bed.InstallAsync("absent"), PlanRefusalReason.NotFound, "absent");
        ShouldBeRefused(await Bed.AskAsync(new PlanRequest { Undo = new Undo { OrderId = Google.Protobuf.ByteString.CopyFrom(new byte[16]) } }), PlanRefusalReason.NotFound);
    }

    [Fact]
    public async Task What_is_installed_already_or_is_not()
    {
        await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop));
        await Bed.Repository.AddAsync(new RpmSpec("other", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app", "other");

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.NotApplicable, "installed already");
        ShouldBeRefused(await Bed.UpdateAsync("other"), PlanRefusalReason.NotApplicable, "not installed");
    }

    [Fact]
    public async Task What_does_not_fit_together_is_told_with_its_names()
    {
        await Bed.Root.InstallAsync(Stop, await Bed.Repository.AddAsync(new RpmSpec("present", "1.0"), Stop));
        await Bed.Repository.AddAsync(new RpmSpec("rival", "1.0") { Header = ["Conflicts: present"] }, Stop);
        await Bed.Repository.AddAsync(new RpmSpec("needy", "1.0") { Header = ["Requires: no-such-thing >= 3"] }, Stop);
        await Bed.Repository.AddAsync(new RpmSpec("wide", "1.0") { Header = ["Requires: unlisted"] }, Stop);
        await Bed.Repository.AddAsync(new RpmSpec("unlisted", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("rival", "needy", "wide");

        ShouldBeRefused(await Bed.InstallAsync("rival"), PlanRefusalReason.Unsolvable, "rival", "present");
        ShouldBeRefused(await Bed.InstallAsync("needy"), PlanRefusalReason.Unsolvable, "no-such-thing");
        ShouldBeRefused(await Bed.InstallAsync("wide"), PlanRefusalReason.Unsolvable, "unlisted", "the catalogue does not list it");
    }

    [Fact]
    public async Task A_dependency_of_another_repository_than_its_own()
    {
        await using RpmRepository other = await RpmRepository.CreateAsync(Stop);
        await other.AddAsync(new RpmSpec("lib", "1.0"), Stop);
        await other.AddAsync(new RpmSpec("tool", "1.0"), Stop);
        await other.PublishAsync(Stop);
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0") { Header = ["Requires: lib"] }, Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List(catalogue =>
        {
            catalogue.Repositories.Add(new Repository { RepositoryId = "other", BaseUrls = { other.BaseUrl }, KeyFingerprints = { other.Key.Fingerprint } });
            catalogue.Packages.Add(new Package { Name = "app", RepositoryId = PlanBed.RepositoryId });
            catalogue.Packages.Add(new Package { Name = "lib", RepositoryId = PlanBed.RepositoryId });
            catalogue.Packages.Add(new Package { Name = "tool", RepositoryId = "other" });
        });

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Unsolvable, "lib-1.0-1.noarch of other", "may come from main only");
    }

    [Fact]
    public async Task A_file_without_a_signature_or_with_one_that_does_not_count()
    {
        using ScratchFolder folder = new();
        RpmKey stranger = await RpmKey.MakeAsync(folder, "s", Stop);
        await Bed.Repository.AddAsync(new RpmSpec("unsigned", "1.0"), Stop, isSigned: false);
        await Bed.Repository.AddAsync(new RpmSpec("foreign", "1.0"), Stop, stranger);
        await Bed.Repository.PublishAsync(Stop);
        await stranger.CloseAsync(Stop);
        Bed.List("unsigned", "foreign");

        ShouldBeRefused(await Bed.InstallAsync("unsigned"), PlanRefusalReason.Signature, Bed.Repository.Key.Fingerprint);
        ShouldBeRefused(await Bed.InstallAsync("foreign"), PlanRefusalReason.Signature, Bed.Repository.Key.Fingerprint);
    }

    [Fact]
    public async Task A_repository_that_hands_out_another_key_beside_its_packages()
    {
        using ScratchFolder folder = new();
        RpmKey stranger = await RpmKey.MakeAsync(folder, "s", Stop);
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop, stranger);
        await Bed.Repository.PublishAsync(Stop);
        await File.WriteAllTextAsync(Path.Combine(Bed.Repository.Folder, "repodata", "repomd.xml.key"), stranger.Public, Stop);
        await stranger.CloseAsync(Stop);
        Bed.List("app");

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Signature, "Not found in", Bed.Repository.Key.Fingerprint);
    }

    [Fact]
    public async Task A_file_that_is_not_what_the_repositorys_data_says()
    {
        string app = await Bed.Repository.AddAsync(new RpmSpec("app", "1.0") { Ballast = 20_000 }, Stop);
        await Bed.Repository.PublishAsync(Stop);
        byte[] content = await File.ReadAllBytesAsync(app, Stop);
        content[^100] ^= 1;
        await File.WriteAllBytesAsync(app, content, Stop);
        Bed.List("app");

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Signature, "app", "is not the one that the data of main names");
    }

    [Fact]
    public async Task An_altered_file_that_the_repositorys_data_bears_out()
    {
        string app = await Bed.Repository.AddAsync(new RpmSpec("app", "1.0") { Ballast = 20_000 }, Stop);
        byte[] content = await File.ReadAllBytesAsync(app, Stop);
        content[^100] ^= 1;
        await File.WriteAllBytesAsync(app, content, Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app");

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Signature, "is not signed by a key that counts");
    }

    [Fact]
    public async Task A_package_that_the_repositorys_data_calls_by_anothers_name()
    {
        // Both are signed, but only one is listed: without the look into the file the other would come in its place.
        await Bed.Repository.AddAsync(new RpmSpec("backdoor", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        await Bed.Repository.RewriteAsync(data => data.Replace("<name>backdoor</name>", "<name>app</name>", StringComparison.Ordinal), Stop);
        Bed.List("app");

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Signature, "says of itself that it is backdoor-0:1.0-1.noarch");
    }

    [Fact]
    public async Task Without_room_for_the_files()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(16 << 10);
        await using PlanBed bed = await PlanBed.MakeAsync(Stop, disk.Path);
        await bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await bed.Repository.PublishAsync(Stop);
        bed.List("app");

        ShouldBeRefused(await bed.InstallAsync("app"), PlanRefusalReason.Space, "To fetch the packages", disk.Path);
    }

    [Fact]
    public async Task A_repository_that_does_not_answer()
    {
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app");
        Bed.Repository.Stop();

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Repository, PlanBed.RepositoryId);
    }

    [Fact]
    public async Task A_repository_that_lists_a_file_that_is_not_there()
    {
        string app = await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        File.Delete(app);
        Bed.List("app");

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Repository, "app-1.0-1.noarch");
    }

    [Fact]
    public async Task While_another_program_changes_packages()
    {
        await Bed.Repository.AddAsync(new RpmSpec("app", "1.0"), Stop);
        await Bed.Repository.PublishAsync(Stop);
        Bed.List("app");
        string lockFile = Path.Combine(await Bed.Root.DatabaseAsync(Stop), ".rpm.lock");
        await using (FileStream held = new(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            held.Lock(0, 1);
            ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Locked, "changes packages");
        }

        Directory.CreateDirectory(Bed.Root["/var/lib/dnf"]);
        await File.WriteAllTextAsync(Bed.Root["/var/lib/dnf/rpmdb_lock.pid"], $"{Environment.ProcessId}", Stop);
        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Locked, "dnf");
        File.Delete(Bed.Root["/var/lib/dnf/rpmdb_lock.pid"]);
        PlanBed.Read(await Bed.InstallAsync("app"));
    }

    [Fact]
    public async Task One_plan_at_a_time_and_twenty_an_hour()
    {
        Bed.List("app");
        Bed.Repository.Stop();
        Task<PlanAnswer>[] together = [Bed.InstallAsync("app"), Bed.InstallAsync("app")];
        (await Task.WhenAll(together)).Select(answer => answer.Refusal.Reason).ShouldBe([PlanRefusalReason.Repository, PlanRefusalReason.Busy]);

        for (var made = 1; made < 20; made++)
        {
            ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Repository);
        }

        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Busy, "last hour");
        Bed.Time.Advance(TimeSpan.FromMinutes(61));
        ShouldBeRefused(await Bed.InstallAsync("app"), PlanRefusalReason.Repository);
    }
}
