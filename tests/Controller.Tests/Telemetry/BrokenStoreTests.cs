using System.Net;
using Dapper;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Telemetry;
using HaiSoft.Controller.Tests.Console;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Testing.Databases;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Telemetry;

/// <summary>A store that cannot be written is told within a minute; the controller goes on, and so does everything when it is mended.</summary>
public sealed class BrokenStoreTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_and_nothing_acknowledged_is_lost()
    {
        using ScratchFolder place = new();
        ToolResult mounted = await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", place.Path], Token);
        Assert.SkipWhen(mounted.ExitCode != 0, $"A disk of its own cannot be mounted here: {mounted.Error.Trim()}");
        try
        {
            using TestStore store = TestStore.In(Directory.CreateDirectory(Path.Combine(place.Path, "data")).FullName);
            await using RunningController controller = RunningController.StartOn(store);
            using Probe probe = new(controller);
            TestAgent identity = await controller.EnrolAsync("web-01");
            using (LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity))
            {
                await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(3), Reports.Load(1, named: true)));
                Fill(Path.Combine(place.Path, "filler"));

                (string text, TimeSpan after) = await probe.UntilAsync(HttpStatusCode.ServiceUnavailable, Limit);

                after.ShouldBeLessThan(Limit);
                text.ShouldStartWith("not ready\n");
                text.ShouldMatch("full|MiB are left on the disk");
                (await probe.GetAsync("/healthz")).Status.ShouldBe(HttpStatusCode.OK);
            }

            File.Delete(Path.Combine(place.Path, "filler"));
            await probe.UntilAsync(HttpStatusCode.OK, 2 * Limit);
            await GoesOnAsync(controller, identity);
        }
        finally
        {
            (await Tool.RunAsync("umount", ["-l", place.Path], CancellationToken.None)).Succeeded();
        }
    }

    [Fact]
    public async Task A_database_server_that_is_killed_is_told_and_nothing_acknowledged_is_lost()
    {
        Assert.SkipWhen(PostgresServer.WhyNot() is not null, PostgresServer.WhyNot() ?? "");
        await using PostgresServer server = await PostgresServer.StartAsync(Token);
        using TestStore store = TestStore.On(server);
        await using RunningController controller = RunningController.StartOn(store);
        using Probe probe = new(controller);
        TestAgent identity = await controller.EnrolAsync("web-01");
        using (LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity))
        {
            await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(3), Reports.Load(1, named: true)));
            await server.KillAsync(Token);
            await agent.SendReportsAsync(agent.Report(2, TimeSpan.FromSeconds(2), Reports.Load(2, named: false)));
            Task acked = agent.AckedAsync(2);
            (string text, TimeSpan after) = await probe.UntilAsync(HttpStatusCode.ServiceUnavailable, Limit);
            after.ShouldBeLessThan(Limit);
            text.ShouldContain($"The PostgreSQL database {store.Database} on {server.Host}");
            acked.IsCompleted.ShouldBeFalse();

            await server.RunAsync(Token);
            await probe.UntilAsync(HttpStatusCode.OK, 2 * Limit);
            await controller.PassTimeAsync(acked);
        }

        await GoesOnAsync(controller, identity);
    }

    [Fact]
    public async Task A_database_that_an_IO_error_left_damaged_is_told_when_it_can_be_written_again()
    {
        using TestStore store = TestStore.Make(StoreKind.Sqlite);
        await using RunningController controller = RunningController.StartOn(store);
        using Probe probe = new(controller);
        StoreExamination examination = controller.Service<StoreExamination>();
        await FailAsync(controller);
        (await probe.UntilAsync(HttpStatusCode.ServiceUnavailable, Limit)).Text.ShouldContain("disk I/O error");
        await probe.UntilAsync(HttpStatusCode.OK, Limit);
        await controller.PassTimeAsync(ExaminedAsync(examination, times: 1));
        (await probe.GetAsync("/readyz")).Status.ShouldBe(HttpStatusCode.OK);

        LosePage(Path.Combine(store.Folder, "controller.db"));
        await FailAsync(controller);
        await controller.PassTimeAsync(ExaminedAsync(examination, times: 2));
        (await probe.GetAsync("/readyz")).Text.ShouldContain("is damaged since its disk failed: restore the last backup");
    }

    [Fact]
    public async Task A_database_that_is_removed_is_told()
    {
        using TestStore store = TestStore.Make(StoreKind.Sqlite);
        await using RunningController controller = RunningController.StartOn(store);
        using Probe probe = new(controller);
        File.Delete(Path.Combine(store.Folder, "controller.db"));
        (await probe.GetAsync("/readyz")).Text.ShouldContain("was removed while the controller used it");
    }

    [Fact]
    public async Task A_data_folder_that_is_gone_is_told_and_the_controller_goes_on()
    {
        using TestStore store = TestStore.Make(StoreKind.Postgres);
        await using RunningController controller = RunningController.StartOn(store);
        using Probe probe = new(controller);
        string away = $"{store.Folder}-away";
        Directory.Move(store.Folder, away);
        try
        {
            (string text, _) = await probe.UntilAsync(HttpStatusCode.ServiceUnavailable, Limit);
            text.ShouldContain($"the data folder {store.Folder} is not there any more");
            controller.Time.Advance(Limit);
            (HttpStatusCode status, string metrics) = await probe.GetAsync("/metrics");
            status.ShouldBe(HttpStatusCode.OK);
            metrics.ShouldContain("haisoft_store_writable 0\n");
            metrics.ShouldNotContain("\nhaisoft_store_disk_free_bytes ", Case.Sensitive, "what is not known is not told");
        }
        finally
        {
            Directory.Move(away, store.Folder);
        }

        await probe.UntilAsync(HttpStatusCode.OK, 2 * Limit);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Running));
    }

    [Fact]
    public async Task The_console_tells_technicians_on_every_page()
    {
        using ConsoleHost host = new();
        using Visitor technician = await host.TechnicianAsync();
        (await technician.GetAsync("/servers")).Words.ShouldNotContain("cannot store anything");
        File.Delete(Path.Combine(host.DataFolder, "controller.db"));

        (await technician.GetAsync("/servers")).Words.ShouldContain("The controller cannot store anything.");
        (await technician.GetAsync("/fault")).Words.ShouldContain("was removed while the controller used it");
    }

    // What was acknowledged is there, what was not comes again; nothing is there twice.
    private static async Task GoesOnAsync(RunningController controller, TestAgent identity)
    {
        Task<LinkedAgent> connecting = LinkedAgent.ConnectAsync(controller, identity, last: 3);
        await controller.PassTimeAsync(connecting);
        using LinkedAgent agent = await connecting;
        long durable = agent.Welcome!.LastDurableSequence;
        durable.ShouldBeInRange(1, 2);
        await agent.DeliverAsync([.. Enumerable.Range((int)durable + 1, 3 - (int)durable)
            .Select(i => agent.Report(i, TimeSpan.FromSeconds(4 - i), Reports.Load(i, named: false)))]);
        (await StoredLoads.OfAsync(controller)).Order().ShouldBe([1, 2, 3]);
        (await controller.Service<AuditVerification>().VerifyAsync(Token)).ShouldBeOfType<AuditVerdict.Intact>();
    }

    private static async Task ExaminedAsync(StoreExamination examination, int times)
    {
        while (examination.Examinations < times)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
    }

    private static Task<SqliteException> FailAsync(RunningController controller) => Should.ThrowAsync<SqliteException>(controller.Service<WriteGate>().WriteAsync(
        (_, _) => throw new SqliteException("SQLite Error 10: 'disk I/O error'.", 10), Token));

    // As a file system that has forgotten where a block is.
    private static void LosePage(string file)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        long page = connection.QuerySingle<long>("SELECT rootpage FROM sqlite_master WHERE name = 'quarantined_reports'");
        using FileStream pages = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        pages.Position = (page - 1) * 4096;
        pages.Write(new byte[4096]);
    }

    private static void Fill(string path)
    {
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] some = new byte[4096];
        try
        {
            while (true)
                file.Write(some);
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
