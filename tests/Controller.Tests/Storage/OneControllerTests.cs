using HaiSoft.Controller.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Storage;

/// <summary>On PostgreSQL one controller writes at a time, and a command beside it waits for its turn.</summary>
public sealed class OneControllerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_controller_is_refused_with_the_name_of_the_first()
    {
        using TestStore database = TestStore.Make(StoreKind.Postgres);
        await using OpenedStore first = new(database);
        await using OpenedStore second = new(database);
        first.Gate.Claim();
        second.Gate.Claim();
        await first.Migrator.ApplyAsync(Token);

        StartRefusedException refused = await Should.ThrowAsync<StartRefusedException>(() => second.Migrator.ApplyAsync(Token));

        refused.ExitCode.ShouldBe(StartExitCode.Store);
        refused.Message.ShouldContain("in use by another controller (haisoft-controller on");
        refused.Message.ShouldContain("stop that one first");
    }

    [Fact]
    public async Task The_next_controller_starts_when_the_first_has_ended()
    {
        using TestStore database = TestStore.Make(StoreKind.Postgres);
        await using (OpenedStore first = new(database))
        {
            first.Gate.Claim();
            await first.Migrator.ApplyAsync(Token);
        }

        await using OpenedStore second = new(database);
        second.Gate.Claim();
        await second.Migrator.ApplyAsync(Token);
    }

    [Fact]
    public async Task A_command_beside_the_controller_writes_between_its_transactions()
    {
        using TestStore database = TestStore.Make(StoreKind.Postgres);
        await using OpenedStore controller = new(database);
        await using OpenedStore command = new(database);
        controller.Gate.Claim();
        await controller.Migrator.ApplyAsync(Token);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> order = [];

        Task first = controller.Gate.WriteAsync(
            async (_, _) =>
            {
                begun.SetResult();
                await end.Task;
                order.Add("controller");
            },
            Token);
        await begun.Task;
        Task second = command.Gate.WriteAsync(
            (_, _) =>
            {
                order.Add("command");
                return Task.CompletedTask;
            },
            Token);
        end.SetResult();
        await Task.WhenAll(first, second);

        order.ShouldBe(["controller", "command"]);
    }

    [Fact]
    public async Task A_controller_that_lost_its_connection_writes_no_more_where_another_took_over()
    {
        using TestStore database = TestStore.Make(StoreKind.Postgres);
        await using OpenedStore first = new(database);
        await using OpenedStore second = new(database);
        first.Gate.Claim();
        await first.Migrator.ApplyAsync(Token);
        await Should.ThrowAsync<System.Data.Common.DbException>(() => first.Gate.WriteAsync(CutOffAsync, Token));
        second.Gate.Claim();
        await second.Migrator.ApplyAsync(Token);

        (await Should.ThrowAsync<StoreClaimedException>(() => first.Gate.WriteAsync((_, _) => Task.CompletedTask, Token)))
            .Message.ShouldContain("another controller");
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_opened_and_claimed_anew()
    {
        using TestStore database = TestStore.Make(StoreKind.Postgres);
        await using OpenedStore store = new(database);
        store.Gate.Claim();
        await store.Migrator.ApplyAsync(Token);
        await Should.ThrowAsync<System.Data.Common.DbException>(() => store.Gate.WriteAsync(CutOffAsync, Token));

        (await store.Gate.WriteAsync((session, _) => Task.FromResult(session.Now), Token)).ShouldBe(store.Time.GetUtcNow());
        await using OpenedStore other = new(database);
        other.Gate.Claim();
        await Should.ThrowAsync<StartRefusedException>(() => other.Migrator.ApplyAsync(Token));
    }

    // The server ends the session that asks for it.
    private static Task CutOffAsync(WriteSession session, CancellationToken cancellationToken) =>
        Dapper.SqlMapper.ExecuteAsync(session.Connection, "SELECT pg_terminate_backend(pg_backend_pid())", transaction: session.Transaction);
}
