using System.Security.Cryptography;
using System.Text;

namespace HaiSoft.Testing.Debian;

/// <summary>
/// What takes minutes to make and is the same each time: root folders and disk images of test machines. They lie outside the
/// repository, under HAISOFT_TEST_CACHE (default <c>/var/cache/haisoft-tests</c>), each under a name that changes with its recipe.
/// </summary>
public static class MachineCache
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("HAISOFT_TEST_CACHE") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : "/var/cache/haisoft-tests";

    /// <summary>
    /// The folder made by this recipe; made now if it is not there. One process makes it while others wait, and it appears whole
    /// or not at all.
    /// </summary>
    /// <param name="name">What it is, for people.</param>
    /// <param name="recipe">Everything that decides what is in it.</param>
    /// <param name="makeAsync">Fills the (not yet existing) folder of which it is given the path.</param>
    public static async Task<string> GetAsync(string name, IEnumerable<string> recipe, Func<string, Task> makeAsync, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', recipe))))[..12];
        var made = Path.Combine(Folder, $"{name}-{hash}");
        Directory.CreateDirectory(Folder);
        await using var turn = await TakeTurnAsync(made + ".lock", cancellationToken);
        if (!Directory.Exists(made))
        {
            var unfinished = made + ".unfinished";
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            await makeAsync(unfinished);
            Directory.Move(unfinished, made);
        }

        return made;
    }

    private static async Task<FileStream> TakeTurnAsync(string lockFile, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another test program is making it; there is no event for the end of a file lock.
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }
}
