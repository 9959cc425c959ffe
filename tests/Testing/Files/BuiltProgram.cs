namespace HaiSoft.Testing.Files;

/// <summary>Programs and assemblies of this repository, as the build that these tests belong to made them.</summary>
public static class BuiltProgram
{
    /// <summary>Absolute path of a file in a project's output: <c>In("agent/Service", "haisoft-agent")</c>.</summary>
    /// <exception cref="FileNotFoundException">It was not built; the message says what to run.</exception>
    public static string In(string project, string file)
    {
        // tests/X.Tests/bin/MODE/CONFIGURATION/FRAMEWORK/ tells where the same build put the others.
        var parts = AppContext.BaseDirectory.TrimEnd('/').Split('/');
        var path = RepositoryFolder.In([.. project.Split('/'), .. parts[^4..], file]);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there: run ./build.sh build --configuration={parts[^2]}", path);
    }
}
