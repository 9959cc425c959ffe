namespace HaiSoft.Testing.Files;

/// <summary>Where the sources that these tests were built from lie.</summary>
public static class RepositoryFolder
{
    /// <summary>Absolute path of the repository's root: the folder of the solution, above the test's binaries.</summary>
    public static string Path { get; } = Find();

    /// <summary>Absolute path of something in the repository.</summary>
    public static string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "HaiSoft.Agent.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No HaiSoft.Agent.sln above {AppContext.BaseDirectory}: tests run from their place in the repository.");
    }
}
