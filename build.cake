// Every target of the build. `./build.sh` alone lists them; `./build.sh run` and `./build.sh test` are the two to know.
#load .config/cake/shell.cake
#load .config/cake/setup.cake
#load .config/cake/protos.cake
#load .config/cake/results.cake
#load .config/cake/tests.cake
#load .config/cake/pack.cake
#load .config/cake/registry.cake
#load .config/cake/run.cake

var target = Argument("target", "help");
var configuration = Argument("configuration", "Debug");
var solution = "HaiSoft.Agent.sln";

Task("restore")
    .Description("Restore the packages exactly as the committed lock files say.")
    .Does(() => DotNetRestore(solution, new DotNetRestoreSettings { LockedMode = true, Verbosity = DotNetVerbosity.Quiet }));

Task("build")
    .Description("Build everything; warnings are errors. --configuration=Debug|Release")
    .IsDependentOn("restore")
    .IsDependentOn("npm")
    .Does(() => DotNetBuild(solution, new DotNetBuildSettings
    {
        Configuration = configuration,
        NoRestore = true,
        NoLogo = true,
        Verbosity = DotNetVerbosity.Quiet,
    }));

Task("format")
    .Description("Check that whitespace and line ends follow .editorconfig (--fix=true mends them).")
    .Does(() =>
    {
        var arguments = new ProcessArgumentBuilder().Append("format whitespace --folder .").Append("--exclude node_modules .run artifacts");
        if (!Argument("fix", false))
        {
            arguments.Append("--verify-no-changes");
        }

        Shell("dotnet", arguments);
    });

Task("bench")
    .Description("Measure the figures of the issues, short; --long=true takes its time, --figures=agent|controller|fault measures these alone.")
    .IsDependentOn("npm")
    .Does(() =>
    {
        var program = new ProcessArgumentBuilder().Append("run --project tests/Benchmarks -c Release --").Append(Argument("figures", ""));
        if (Argument("long", false))
        {
            program.Append("--long");
        }

        Shell("dotnet", program);
    });

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
