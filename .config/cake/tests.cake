// Tests are programs (xunit.v3), run one project after another: some of them boot machines and would disturb the others' clocks.

const string resultsFolder = "artifacts/tests";
const string soakOnly = "Category=Soak";

void RunTests(string[] which, TimeSpan limit)
{
    CleanDirectory(resultsFolder);
    var only = Argument<string>("project", null);
    var projects = GetFiles("tests/*.Tests/*.csproj")
        .Where(project => only is null || project.GetDirectory().GetDirectoryName() == only)
        .OrderBy(project => project.GetDirectory().GetDirectoryName() == "EndToEnd.Tests")
        .ToList();
    var failures = new List<string>();
    var clock = System.Diagnostics.Stopwatch.StartNew();
    foreach (var project in projects)
    {
        var failure = RunTestProgram(project, which, limit - clock.Elapsed);
        if (failure is not null)
        {
            failures.Add(failure);
        }
    }

    var results = ReadResults(resultsFolder, failures);
    Print(results);
    if (results.Failed > 0)
    {
        throw new CakeException("Tests failed; they are listed above.");
    }
}

/// Null when the program ended by itself and said all that it had to say; else what went wrong beyond failed tests.
string RunTestProgram(FilePath project, string[] which, TimeSpan limit)
{
    var name = project.GetDirectory().GetDirectoryName();
    var results = MakeAbsolute(File($"{resultsFolder}/{name}.trx")).FullPath;
    var program = MakeAbsolute(project.GetDirectory().Combine($"bin/stand-ins/{configuration}/net10.0").CombineWithFilePath(project.GetFilenameWithoutExtension().FullPath)).FullPath;
    var start = new System.Diagnostics.ProcessStartInfo(program, ["-noColor", "-noLogo", "-trx", results, .. which]);
    if (HasArgument("filter"))
    {
        start.ArgumentList.Add("-filter");
        start.ArgumentList.Add(Argument<string>("filter"));
    }

    Information("\n{0}", name);
    using var process = System.Diagnostics.Process.Start(start);
    if (!process.WaitForExit(limit > TimeSpan.Zero ? limit : TimeSpan.Zero))
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return $"{name} did not end in its time and was ended; what it had done is lost.";
    }

    if (!FileExists(results))
    {
        return $"{name} ended with {process.ExitCode} before it wrote its results.";
    }

    // 1 says that tests failed, and the results say which; a clean exit says nothing more.
    var told = ReadResults(results, []);
    return process.ExitCode == 0 || told.Failed > 0 ? null : $"{name} ended with {process.ExitCode}, though none of its tests failed.";
}
