using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Guests;

/// <summary>What a guest boots from: Debian's kernel, a small initrd, and a disk that no guest writes to.</summary>
internal sealed record GuestImage(string Folder)
{
    internal string Kernel => Path.Combine(Folder, "vmlinuz");

    internal string Initrd => Path.Combine(Folder, "initrd.img");

    internal string Root => Path.Combine(Folder, "root.img");

    /// <summary>The one in the cache; made now (about three minutes) when it is not there.</summary>
    internal static async Task<GuestImage> EnsureAsync(CancellationToken cancellationToken)
    {
        var root = await RootFolder.Hardware.EnsureAsync(cancellationToken);
        var script = RootFolder.ScriptPath("make-guest.sh");
        var folder = await MachineCache.GetAsync(
            "guest",
            [Path.GetFileName(root), await File.ReadAllTextAsync(script, cancellationToken)],
            async made =>
            {
                var working = made + "-root";
                (await Tool.RunAsync("cp", ["-a", root, working], cancellationToken)).Succeeded();
                try
                {
                    (await Tool.RunAsync(script, [working, made], cancellationToken)).Succeeded();
                }
                finally
                {
                    await Tool.RunAsync("rm", ["-rf", working], CancellationToken.None);
                }
            },
            cancellationToken);
        return new GuestImage(folder);
    }
}
