using HaiSoft.EndToEnd.Tests.Crash;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.StoreFaults;

/// <summary>
/// A copy of the database that was cut off is put back: the controller refuses it in words or tells that it cannot work with it, and does not
/// start over and over. With the whole copy agents send again what came after it, and the ledger holds.
/// </summary>
public sealed class TruncatedDatabaseTests
{
    private const int DatabaseRefused = 65;
    private static readonly TimeSpan Verdict = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_truncated_copy_is_refused_and_the_whole_one_loses_nothing() => RestoreAsync(Count.Of(2));

    [Fact]
    [Trait("Category", "Soak")]
    public Task Copies_truncated_anywhere_are_refused_and_the_whole_one_loses_nothing() => RestoreAsync(Count.Of(30));

    private static async Task RestoreAsync(int times)
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        var chance = new Chance("truncated copy");
        await using var bed = await CrashBed.StartAsync(chance.Seed, Stop);
        await bed.AcknowledgedAsync(200, Stop);
        await bed.Controller.StopAsync(Stop);
        var database = Path.Combine(bed.Controller.DataFolder, "controller.db");
        // A controller that ended in good order has put everything into the one file.
        var whole = await File.ReadAllBytesAsync(database, Stop);

        for (var time = 0; time < times; time++)
        {
            var length = (int)chance.Between(1, whole.Length - 1);
            await File.WriteAllBytesAsync(database, whole[..length], Stop);
            bed.Controller.Launch();
            var code = await bed.Controller.Exited.WaitAsync(Verdict, Stop);
            code.ShouldBe(DatabaseRefused, $"{length} of {whole.Length} bytes:\n{bed.Controller.Log}\n{chance.Replay}");
            bed.Controller.Log.ShouldContain("Restore it from a backup", Case.Sensitive, chance.Replay);
            RemoveJournal(database);
        }

        await File.WriteAllBytesAsync(database, whole, Stop);
        await bed.Controller.StartAsync(Stop);
        var (fleet, agent, _) = await bed.SettleAsync(Stop);
        fleet.Holds.ShouldBeTrue($"{fleet}\n{chance.Replay}");
        agent.Holds.ShouldBeTrue($"{agent}\n{chance.Replay}");
    }

    private static void RemoveJournal(string database)
    {
        File.Delete($"{database}-wal");
        File.Delete($"{database}-shm");
    }
}
