using System.Xml.Linq;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.House;

/// <summary>Agent and controller know each other through the protos alone (DESIGN 1).</summary>
public sealed class ProjectTests
{
    [Fact]
    public void Neither_of_agent_and_controller_references_the_other_but_the_command_line_may_judge_readings_offline()
    {
        var crossings = Projects("agent").Concat(Projects("controller"))
            .SelectMany(project => Reached(project).Select(reached => (From: project, To: reached)))
            .Where(reference => Side(reference.To) is "agent" or "controller" && Side(reference.To) != Side(reference.From))
            .Where(reference => reference != ("controller/Ctl/HaiSoft.Ctl.csproj", "agent/Readings/HaiSoft.Agent.Readings.csproj"));

        crossings.ShouldBeEmpty();
    }

    [Fact]
    public void Neither_the_protos_nor_the_tests_own_tools_know_agent_or_controller()
    {
        string[] neutral = ["protos/HaiSoft.Protocol.csproj", "tests/Testing/HaiSoft.Testing.csproj"];

        neutral.SelectMany(Reached).Where(reached => Side(reached) is "agent" or "controller").ShouldBeEmpty();
    }

    private static IEnumerable<string> Projects(string side) =>
        Directory.EnumerateFiles(RepositoryFolder.In(side), "*.csproj", SearchOption.AllDirectories).Select(Relative);

    private static HashSet<string> Reached(string project)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([project]);
        while (open.TryDequeue(out var next))
        {
            var folder = Path.GetDirectoryName(RepositoryFolder.In(next))!;
            var references = XDocument.Load(RepositoryFolder.In(next)).Descendants("ProjectReference")
                .Select(reference => Relative(Path.GetFullPath(Path.Combine(folder, (string)reference.Attribute("Include")!))));
            foreach (var reference in references.Where(reached.Add))
            {
                open.Enqueue(reference);
            }
        }

        return reached;
    }

    private static string Relative(string path) => Path.GetRelativePath(RepositoryFolder.Path, path);

    private static string Side(string project) => project.Split('/')[0];
}
