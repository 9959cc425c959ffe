// Packages of the agent: trimmed, ahead-of-time compiled single files with their runtime inside, laid out once, wrapped twice.

const string packFolder = "artifacts/pack";
const string packagesFolder = "artifacts/packages";
const string controllerFolder = "artifacts/controller";
const string packaging = "agent/Packaging";

void CheckAllPackages()
{
    CheckPackages("rpmlint", $"--rpmlintrc {packaging}/rpm/rpmlintrc", "rpm");
    CheckPackages("lintian", "--fail-on error", "deb");
    foreach (var package in GetFiles($"{packagesFolder}/*.{{rpm,deb}}"))
    {
        Information("{0}  {1:N1} MiB", package.GetFilename(), FileSize(package) / 1048576.0);
    }
}

void PublishAgent()
{
    CleanDirectory(packFolder);
    PublishForPackages("agent/Service/HaiSoft.Agent.csproj");
    PublishForPackages("agent/Helper/HaiSoft.Agent.Helper.csproj");
}

void StageAgent()
{
    Place(0x1ED, $"{packFolder}/publish/haisoft-agent", "usr/sbin/haisoft-agent");
    Place(0x1ED, $"{packFolder}/publish/haisoft-helper", "usr/libexec/haisoft/haisoft-helper");
    Place(0x1A4, $"{packaging}/agent.json", "etc/haisoft/agent.json");
    foreach (var unit in new[] { "haisoft-agent.service", "haisoft-helper.service", "haisoft-helper.socket", "haisoft-plan.service", "haisoft-plan.socket", "haisoft-run.service", "haisoft-run.socket" })
    {
        Place(0x1A4, $"{packaging}/systemd/{unit}", $"usr/lib/systemd/system/{unit}");
    }

    Place(0x1A4, $"{packaging}/systemd/haisoft-agent.sysusers", "usr/lib/sysusers.d/haisoft-agent.conf");
    Place(0x1A4, $"{packaging}/systemd/haisoft-agent.tmpfiles", "usr/lib/tmpfiles.d/haisoft-agent.conf");
    PlaceCompressed($"{packaging}/man/haisoft-agent.8", "usr/share/man/man8/haisoft-agent.8.gz");
    PlaceCompressed($"{packaging}/man/haisoft-helper.8", "usr/share/man/man8/haisoft-helper.8.gz");
}

void MakeRpm()
{
    if (Ask("rpmbuild", "--version") is null)
    {
        Warning("rpmbuild is not installed: no .rpm was made. ./build.sh setup installs it.");
        return;
    }

    EnsureDirectoryExists(packagesFolder);
    Shell("rpmbuild", new ProcessArgumentBuilder()
        .Append("-bb --quiet --target x86_64")
        .Append("--define").AppendQuoted($"version {Version()}")
        .Append("--define").AppendQuoted($"stage {Absolute(packFolder)}/stage")
        .Append("--define").AppendQuoted($"_topdir {Absolute(packFolder)}/rpm")
        .Append("--define").AppendQuoted($"_rpmdir {Absolute(packagesFolder)}")
        .Append("--define").AppendQuoted("_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm")
        .Append($"{packaging}/rpm/haisoft-agent.spec"));
}

void MakeDeb()
{
    if (Ask("dpkg-deb", "--version") is null)
    {
        Warning("dpkg-deb is not installed: no .deb was made.");
        return;
    }

    var root = $"{packFolder}/deb";
    CleanDirectory(root);
    Shell("cp", $"-a {packFolder}/stage/. {root}");
    var size = GetFiles($"{root}/**/*").Sum(file => FileSize(file)) / 1024;
    EnsureDirectoryExists($"{root}/DEBIAN");
    foreach (var file in GetFiles($"{packaging}/debian/*"))
    {
        var name = file.GetFilename().FullPath;
        var text = System.IO.File.ReadAllText(file.FullPath).Replace("@VERSION@", Version()).Replace("@SIZE@", size.ToString());
        var place = name is "copyright" or "changelog" ? $"{root}/usr/share/doc/haisoft-agent/{name}"
            : name is "lintian-overrides" ? $"{root}/usr/share/lintian/overrides/haisoft-agent"
            : $"{root}/DEBIAN/{name}";
        EnsureDirectoryExists(System.IO.Path.GetDirectoryName(place));
        System.IO.File.WriteAllText(place, text);
        System.IO.File.SetUnixFileMode(place, (System.IO.UnixFileMode)(text.StartsWith("#!") ? 0x1ED : 0x1A4));
    }

    Shell("gzip", $"-9n {root}/usr/share/doc/haisoft-agent/changelog");
    Shell("mv", $"{root}/usr/share/doc/haisoft-agent/changelog.gz {root}/usr/share/doc/haisoft-agent/changelog.Debian.gz");
    EnsureDirectoryExists(packagesFolder);
    Shell("dpkg-deb", $"--root-owner-group -Zxz -z4 --build {root} {packagesFolder}/haisoft-agent_{Version()}-1_amd64.deb");
}

/// Always, but when the tests of one project only are run and it is not the one that installs the agent.
bool PackagesWanted() => target is not ("test" or "soak") || Argument("project", "EndToEnd.Tests") == "EndToEnd.Tests";

/// Into an obj/ and bin/ of its own, so that it does not disturb the build that tests run on.
void PublishForPackages(string project) => Shell("dotnet", new ProcessArgumentBuilder()
    .Append($"publish {project} -c Release -f net10.0 -r linux-x64 --self-contained -o {packFolder}/publish -v q -nologo")
    .Append("-p:TargetFrameworks=net10.0 -p:PackageMode=pack -p:RestorePackagesWithLockFile=false")
    .Append("-p:PublishTrimmed=true -p:PublishReadyToRun=true -p:PublishSingleFile=true -p:DebugType=none"));

/// For a machine that has the ASP.NET Core runtime; compiled ahead.
void PublishController()
{
    CleanDirectory(controllerFolder);
    Shell("dotnet", new ProcessArgumentBuilder()
        .Append($"publish controller/Server -c Release -r linux-x64 --self-contained false -o {controllerFolder} -v q -nologo")
        .Append("-p:PackageMode=pack -p:RestorePackagesWithLockFile=false -p:DebugType=none"));
    Information("The controller is in {0}; docs/operating.md says where it goes.", controllerFolder);
}

void Place(int mode, string file, string place)
{
    var target = $"{packFolder}/stage/{place}";
    EnsureDirectoryExists(System.IO.Path.GetDirectoryName(target));
    System.IO.File.Copy(file, target, overwrite: true);
    System.IO.File.SetUnixFileMode(target, (System.IO.UnixFileMode)mode);
}

void PlaceCompressed(string file, string place)
{
    Place(0x1A4, file, place[..^3]);
    Shell("gzip", $"-9nf {packFolder}/stage/{place[..^3]}");
}

void CheckPackages(string checker, string options, string kind)
{
    if (Ask(checker, "--version") is null)
    {
        Warning("{0} is not installed: the .{1} was not checked by it.", checker, kind);
        return;
    }

    foreach (var package in GetFiles($"{packagesFolder}/*.{kind}"))
    {
        Shell(checker, $"{options} {package.FullPath}");
    }
}

string Version() => XmlPeek("Directory.Build.props", "/Project/PropertyGroup/VersionPrefix");

string Absolute(string path) => System.IO.Path.GetFullPath(path);
