using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.House;

/// <summary>Inside a project a folder is a capability, and folders depend one way (DESIGN 1).</summary>
public sealed class FolderTests
{
    [Theory]
    [InlineData("agent/Readings", "HaiSoft.Agent.Readings")]
    [InlineData("agent/Service", "haisoft-agent", "HaiSoft.Agent")]
    [InlineData("agent/Helper", "haisoft-helper", "HaiSoft.Agent.Helper")]
    [InlineData("controller/Rules", "HaiSoft.Controller.Rules")]
    [InlineData("controller/Server", "haisoft-controller", "HaiSoft.Controller")]
    [InlineData("controller/Ctl", "haisoftctl", "HaiSoft.Ctl")]
    public void No_folder_depends_on_one_that_depends_on_it(string project, string assembly, string? rootNamespace = null)
    {
        var root = (rootNamespace ?? assembly) + ".";
        var uses = AssemblyReferences.Read(BuiltProgram.In(project, assembly + ".dll"))
            .Select(use => (From: Folder(use.User, root), To: Folder(use.Used, root), use.User, use.Used))
            // What lies in the project's root is the composition root: it may know everybody, nobody may need it.
            .Where(use => use.From is not null && use.To is not null && use.From != use.To)
            .ToList();
        var next = uses.ToLookup(use => use.From!, use => use.To!);

        var cycles = uses
            .Where(use => Reaches(use.To!, use.From!, next))
            .GroupBy(use => (use.From, use.To), (folders, examples) => $"{folders.From} -> {folders.To}: {string.Join(", ", examples.Take(3).Select(use => $"{use.User} uses {use.Used}"))}");

        cycles.ShouldBeEmpty($"Folders of {project} depend on each other in a circle.");
    }

    private static string? Folder(string type, string root)
    {
        var inside = type.StartsWith(root, StringComparison.Ordinal) ? type[root.Length..].Split('.') : [];
        return inside.Length > 1 ? inside[0] : null;
    }

    private static bool Reaches(string from, string target, ILookup<string, string> next)
    {
        var seen = new HashSet<string> { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var folder))
        {
            if (folder == target)
            {
                return true;
            }

            foreach (var following in next[folder].Where(seen.Add))
            {
                open.Enqueue(following);
            }
        }

        return false;
    }
}
