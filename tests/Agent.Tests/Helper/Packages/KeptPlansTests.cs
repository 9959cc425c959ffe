using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>Plans that wait for their orders.</summary>
public sealed class KeptPlansTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly SettableTime _time = new();

    public void Dispose() => _folder.Dispose();

    private string Kept => _folder["plans"];

    private void Keep(KeptPlans plans, long number, int fileBytes)
    {
        string file = _folder.Write("file", new string('x', fileBytes));
        plans.Keep(new Plan { CatalogueVersion = number }, new Dictionary<string, string> { ["app.rpm"] = file });
    }

    private IEnumerable<long> Numbers() =>
        Directory.GetDirectories(Kept).Select(plan => Plan.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(plan, KeptPlans.PlanFile))).CatalogueVersion).Order();

    [Fact]
    public void The_oldest_goes_when_there_is_no_room_for_all()
    {
        KeptPlans plans = new(Kept, _time, mostBytes: 2500);
        for (var number = 1; number <= 3; number++)
        {
            Keep(plans, number, fileBytes: 1000);
            string newest = Directory.GetDirectories(Kept).MaxBy(Directory.GetCreationTimeUtc)!;
            Directory.SetLastWriteTimeUtc(newest, _time.GetUtcNow().UtcDateTime.AddMinutes(number));
        }

        plans.Prune();

        Numbers().ShouldBe([2, 3]);
    }

    [Fact]
    public void What_a_crash_left_unfinished_is_no_obstacle_and_goes()
    {
        KeptPlans plans = new(Kept, _time);
        Keep(plans, 1, fileBytes: 10);
        string kept = Directory.GetDirectories(Kept).Single();
        Directory.SetLastWriteTimeUtc(kept, _time.GetUtcNow().UtcDateTime);
        Directory.CreateDirectory(kept + ".making");
        File.WriteAllText(Path.Combine(kept + ".making", "app.rpm"), "half of it");

        Keep(plans, 1, fileBytes: 10);
        Directory.CreateDirectory(kept + ".making");
        plans.Prune();

        Directory.GetDirectories(Kept).ShouldBe([kept]);
        File.ReadAllText(Path.Combine(kept, "app.rpm")).ShouldBe("xxxxxxxxxx");
    }
}
