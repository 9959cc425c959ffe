using Dapper;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>Epochs that an agent told are forgotten when they cannot matter any more.</summary>
public abstract class EpochUpkeepTests(StoreKind kind) : OneAgentTests(kind)
{
    private const int Many = (2 * EpochTable.LargestTurn) + EpochTable.KeptOfServer;

    [Fact]
    public async Task Of_many_epochs_the_newest_stay()
    {
        await TellAsync(Many, reportedAgo: null);

        await ForgetAsync();

        (await EpochsAsync()).ShouldBe(Enumerable.Range(Many - EpochTable.KeptOfServer + 1, EpochTable.KeptOfServer).Select(EpochOf));
    }

    [Fact]
    public async Task Epochs_whose_records_the_agent_may_still_hold_stay_however_many()
    {
        await TellAsync(Many, reportedAgo: IngestUpkeep.EpochKept - TimeSpan.FromHours(1));

        await ForgetAsync();
        (await EpochsAsync()).Count.ShouldBe(Many);

        Controller.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await ForgetAsync();
        (await EpochsAsync()).Count.ShouldBe(EpochTable.KeptOfServer);
    }

    [Fact]
    public async Task An_epoch_that_a_stream_is_open_on_is_never_forgotten()
    {
        await TellAsync(1, reportedAgo: TimeSpan.FromDays(400));
        using LinkedAgent open = await LinkedAgent.ConnectAsync(Controller, Agent, last: 7, epoch: EpochOf(1));
        await TellAsync(Many, reportedAgo: TimeSpan.FromDays(30));

        await ForgetAsync();

        (await EpochsAsync()).Count.ShouldBe(EpochTable.KeptOfServer + 1);
        open.Welcome!.LastDurableSequence.ShouldBe(7);
        await open.DeliverAsync(open.Report(8, TimeSpan.Zero, Reports.Running));
    }

    [Fact]
    public async Task Reports_keep_the_epoch_that_they_come_from()
    {
        using (LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent, epoch: EpochOf(0)))
            await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Running));
        await TellAsync(Many, reportedAgo: null, seenAgo: -TimeSpan.FromDays(1));

        await ForgetAsync();

        (await EpochsAsync()).ShouldContain(EpochOf(0));
    }

    private static string EpochOf(int number) => $"{number:d32}";

    private Task ForgetAsync() =>
        Controller.Service<IEnumerable<IHostedService>>().OfType<IngestUpkeep>().ShouldHaveSingleItem().ForgetAsync(Stop);

    // Each of them seen a second after the one before.
    private Task TellAsync(int count, TimeSpan? reportedAgo, TimeSpan? seenAgo = null)
    {
        long now = Controller.Time.GetUtcNow().ToUnixMicroseconds();
        long seen = now - (long)(seenAgo ?? TimeSpan.FromDays(500)).TotalMicroseconds;
        return WriteAsync(session => session.Connection.ExecuteAsync(
            """
            INSERT INTO agent_epochs (server_id, epoch, last_durable_sequence, first_seen_time, last_report_time)
            SELECT server_id, @epoch, @sequence, @seen, @reported FROM servers WHERE TRUE ON CONFLICT (server_id, epoch) DO NOTHING
            """,
            Enumerable.Range(1, count).Select(number => new
            {
                epoch = EpochOf(number),
                sequence = reportedAgo is null ? 0L : 7L,
                seen = seen + (number * 1_000_000L),
                reported = now - (long?)reportedAgo?.TotalMicroseconds,
            }),
            session.Transaction));
    }

    private async Task<IReadOnlyList<string>> EpochsAsync()
    {
        IEnumerable<string> epochs = [];
        await WriteAsync(async session => epochs = await session.Connection.QueryAsync<string>(
            "SELECT epoch FROM agent_epochs ORDER BY epoch", transaction: session.Transaction));
        return [.. epochs];
    }

    private Task WriteAsync(Func<WriteSession, Task> write) => Controller.Service<WriteGate>().WriteAsync((session, _) => write(session), Stop);

    public sealed class OnSqlite() : EpochUpkeepTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : EpochUpkeepTests(StoreKind.Postgres);
}
