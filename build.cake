// Every target of the build. `./build.sh` alone lists them; `./build.sh run` and `./build.sh test` are the two to know.
#load .config/cake/shell.cake
#load .config/cake/setup.cake
#load .config/cake/format.cake
#load .config/cake/protos.cake
#load .config/cake/results.cake
#load .config/cake/tests.cake
#load .config/cake/pack.cake
#load .config/cake/registry.cake
#load .config/cake/run.cake

var target = Argument("target", "help");
var configuration = Argument("configuration", "Debug");
var solution = "HaiSoft.Agent.sln";

const string notInstalled = "no project that installs the agent is tested";

// Setting up
Task("setup")
    .Description("Install what is missing: the packages of .config/debian-packages.txt (as root, on Debian) and the npm parts.")
    .IsDependentOn("debian")
    .IsDependentOn("npm");
Task("debian").Does(InstallDebianPackages);
Task("npm").Does(InstallNpmParts);

// Building and checking
Task("restore")
    .Description("Restore the packages exactly as the committed lock files say.")
    .Does(() => DotNetRestore(solution, new DotNetRestoreSettings { LockedMode = true, Verbosity = DotNetVerbosity.Quiet }));
Task("build")
    .Description("Build everything; warnings are errors. --configuration=Debug|Release")
    .IsDependentOn("restore")
    .IsDependentOn("npm")
    .Does(() => DotNetBuild(solution, new DotNetBuildSettings { Configuration = configuration, NoRestore = true, NoLogo = true, Verbosity = DotNetVerbosity.Quiet }));
Task("format")
    .Description("Check that whitespace and line ends follow .editorconfig (--fix=true mends them).")
    .Does(() => CheckFormat(Argument("fix", false)));
Task("lint-protos")
    .Description("buf lint, and buf breaking against the protos of the last release.")
    .IsDependentOn("npm")
    .Does(LintProtos);
Task("release-protos")
    .Description("Record the protos as released: what later changes must not break.")
    .IsDependentOn("npm")
    .Does(ReleaseProtos);
Task("registry")
    .Description("Tell whether the packages that compat/ stands in for can be restored now; never fails.")
    .Does(TellRegistry);

// Packages of the agent
Task("publish-agent").WithCriteria(PackagesWanted, notInstalled).Does(PublishAgent);
Task("stage-agent").WithCriteria(PackagesWanted, notInstalled).IsDependentOn("publish-agent").Does(StageAgent);
Task("rpm").WithCriteria(PackagesWanted, notInstalled).IsDependentOn("stage-agent").Does(MakeRpm);
Task("deb").WithCriteria(PackagesWanted, notInstalled).IsDependentOn("stage-agent").Does(MakeDeb);
Task("pack")
    .Description("Make the agent's .rpm and .deb in artifacts/packages, and check them.")
    .IsDependentOn("rpm")
    .IsDependentOn("deb")
    .Does(CheckAllPackages);
Task("publish-controller")
    .Description("The controller's program in artifacts/controller, for a machine with the ASP.NET Core runtime.")
    .IsDependentOn("npm")
    .Does(PublishController);
// Running, testing, measuring
Task("run")
    .Description("Start a controller, enrol this machine, and tell where to look. Ctrl-C stops all. --console=http://127.0.0.1:7080 --agents-port=7443 --technicians-port=7444")
    .IsDependentOn("build")
    .Does(() => new LocalSystem(Context, configuration).Run());
Task("test")
    .Description("Build, check format and protos, run all tests but the soak. --project=Agent.Tests --filter=\"/*/*/SettableTime*\" narrow it.")
    .IsDependentOn("setup")
    .IsDependentOn("format")
    .IsDependentOn("lint-protos")
    .IsDependentOn("build")
    .IsDependentOn("deb")
    .IsDependentOn("rpm")
    .Does(() => RunTests(["-trait-", soakOnly], TimeSpan.FromMinutes(Argument("minutes", 60.0))));
Task("soak")
    .Description("The long tests: full counts, long faults. --project and --filter as for test; --hours=1 bounds them all.")
    .IsDependentOn("setup")
    .IsDependentOn("build")
    .IsDependentOn("deb")
    .IsDependentOn("rpm")
    .Does(() => RunTests(["-trait", soakOnly, "-showLiveOutput"], TimeSpan.FromHours(Argument("hours", 8.0))));
Task("bench")
    .Description("Measure the figures of the issues, short; --long=true takes its time, --figures=start|fleet|ingest|fault|agent|order|storage measures one alone.")
    .IsDependentOn("npm")
    .IsDependentOn("deb")
    .Does(() => Shell("dotnet", new ProcessArgumentBuilder()
        .Append("run --project tests/Benchmarks -c Release --")
        .Append(Argument("figures", ""))
        .Append(Argument("long", false) ? "--long" : "")));

if (target == "help")
{
    PrintTargets();
    return;
}

if (!Tasks.Any(task => string.Equals(task.Name, target, StringComparison.OrdinalIgnoreCase)))
{
    PrintTargets();
    throw new CakeException($"There is no target \"{target}\"; those above are all there are.");
}

RunTarget(target);

void PrintTargets()
{
    string[] first = ["run", "test", "setup", "build"];
    Console.WriteLine("\n./build.sh TARGET [--option=value ...]\n");
    foreach (var task in Tasks.Where(task => !string.IsNullOrEmpty(task.Description))
        .OrderBy(task => (uint)Array.IndexOf(first, task.Name)).ThenBy(task => task.Name))
    {
        Console.WriteLine($"  {task.Name,-16}{task.Description}");
    }

    Console.WriteLine();
}
