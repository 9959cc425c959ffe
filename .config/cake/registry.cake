// The packages that compat/ stands in for: does the registry serve the originals now? (docs/stand-ins.md)

void TellRegistry()
{
    var projects = GetFiles("./{agent,controller,tests,protos}/**/*.csproj").Select(file => file.FullPath).ToList();
    var refused = projects
        .AsParallel().WithDegreeOfParallelism(2)
        .Select(project => Ask("dotnet", "restore", project, "-p:UseStandIns=false", "-p:RestorePackagesWithLockFile=false", "-v", "q") is null ? project : null)
        .Where(project => project is not null)
        .ToList();
    if (refused.Count == 0)
    {
        Information("The real packages restore: build with -p:UseStandIns=false, then remove compat/.");
        return;
    }

    Information("{0} of {1} projects do not restore with the real packages; the stand-ins of compat/ stay:", refused.Count, projects.Count);
    foreach (var project in refused)
    {
        Information("  {0}", System.IO.Path.GetRelativePath(Environment.CurrentDirectory, project));
    }
}
