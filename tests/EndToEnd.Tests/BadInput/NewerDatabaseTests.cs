using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Networks;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.BadInput;

/// <summary>A controller that was put back to an older version finds the newer one's database.</summary>
public sealed class NewerDatabaseTests
{
    private const int DatabaseRefused = 65; // EX_DATAERR

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone_and_the_message_says_which_version_to_install()
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        await controller.KillAsync(Stop);
        using (SqliteConnection database = new($"Data Source={Path.Combine(controller.DataFolder, "controller.db")};Pooling=False"))
        {
            database.Open();
            using SqliteCommand command = database.CreateCommand();
            command.CommandText = "INSERT INTO schema_migrations (number, name, hash, applied_time) VALUES (9001, '9001_future', '', 0)";
            command.ExecuteNonQuery();
        }

        controller.Launch();

        (await controller.Exited.WaitAsync(Stop)).ShouldBe(DatabaseRefused, controller.Log);
        controller.Log.ShouldSatisfyAllConditions(
            said => said.ShouldContain("was written by a newer version of the controller (it has 9001_future"),
            said => said.ShouldContain("Install that version again, or restore a backup"));
    }
}
