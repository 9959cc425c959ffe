using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Databases;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Recovery;

/// <summary>What was acknowledged after a backup comes again from the agents when it is restored, and counts once (DESIGN 3).</summary>
public abstract class SentAgainTests(StoreKind kind) : IDisposable
{
    private readonly TestStore _store = TestStore.Make(kind);
    private readonly ScratchFolder _backups = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(_backups.Path, "keys.tar");

    public void Dispose()
    {
        _backups.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task What_came_after_the_backup_is_asked_for_again_and_is_there_once()
    {
        SettableTime time;
        TestAgent identity;
        Report[] before;
        Report[] after;
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            time = controller.Time;
            identity = await controller.EnrolAsync("web-01");
            using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity);
            before = [.. Enumerable.Range(1, 3).Select(i => agent.Report(i, TimeSpan.FromMinutes(30 - i), Reports.Load(i, named: i == 1)))];
            after =
            [
                agent.Report(4, TimeSpan.FromMinutes(20), Reports.Load(4, named: false)),
                agent.Report(5, TimeSpan.FromMinutes(10), Reports.Failed),
                agent.Report(6, TimeSpan.FromMinutes(5), Reports.Load(6, named: false)),
            ];
            await agent.DeliverAsync(before);
            await BackUpAsync();
            await agent.DeliverAsync(after);
            await ShouldHaveAllOnceAsync(controller);
        }

        await RestoreAsync();

        await using (RunningController restored = RunningController.StartOn(_store, time))
        {
            using LinkedAgent agent = await LinkedAgent.ConnectAsync(restored, identity.At(restored), last: 6);
            agent.Welcome!.LastDurableSequence.ShouldBe(3);
            (await restored.Service<IncidentBoard>().ListAsync(true, null, Token)).Incidents.ShouldBeEmpty();
            await agent.DeliverAsync([.. before, .. after]);
            await ShouldHaveAllOnceAsync(restored);
            (await restored.Service<AuditVerification>().VerifyAsync(Token)).ShouldBeOfType<AuditVerdict.Intact>();
        }
    }

    private protected abstract Task BackUpAsync();

    private protected abstract Task RestoreAsync();

    private static async Task ShouldHaveAllOnceAsync(RunningController controller)
    {
        (await StoredLoads.OfAsync(controller)).ShouldBe([1, 2, 3, 4, 6]);
        IncidentView incident = (await controller.Service<IncidentBoard>().ListAsync(true, null, Token)).Incidents.ShouldHaveSingleItem();
        (controller.Time.GetUtcNow() - incident.DetectedAt).ShouldBe(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
    }

    public sealed class OnSqlite() : SentAgainTests(StoreKind.Sqlite)
    {
        private protected override Task BackUpAsync() => Verbs.BackUpAsync(_store, Archive);

        private protected override Task RestoreAsync() => Verbs.RestoreAsync(_store, Archive);
    }

    public sealed class OnPostgres() : SentAgainTests(StoreKind.Postgres)
    {
        private string Dump => Path.Combine(_backups.Path, "haisoft.dump");

        private protected override async Task BackUpAsync()
        {
            string said = await Verbs.BackUpAsync(_store, Archive);
            said.ShouldContain($"pg_dump --format=custom --file=haisoft.dump --host={PostgresConnection.Host}");
            PostgresServer server = await PostgresServer.SharedAsync(Token);
            await server.RunToolAsync("pg_dump", ["--format=custom", $"--file={Dump}", PostgresConnection.Database!], Token);
        }

        private protected override async Task RestoreAsync()
        {
            (await Verbs.RestoreAsync(_store, Archive)).ShouldContain("pg_restore");
            _store.Empty();
            PostgresServer server = await PostgresServer.SharedAsync(Token);
            await server.RunToolAsync("pg_restore", ["--exit-on-error", $"--dbname={PostgresConnection.Database}", Dump], Token);
        }

        private Npgsql.NpgsqlConnectionStringBuilder PostgresConnection => new(_store.Settings["Controller:PostgresConnection"]);
    }
}
