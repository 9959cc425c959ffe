using Dapper;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Tests.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Audit;

/// <summary>The chain shows every change that was made behind its back.</summary>
public sealed class ChainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_that_nobody_touched_is_intact()
    {
        await using StoreInFolder store = await WrittenAsync(5);
        (await VerifyAsync(store)).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(5);
    }

    [Fact]
    public async Task The_database_itself_refuses_to_change_or_remove_entries()
    {
        await using StoreInFolder store = await WrittenAsync(2);
        await using var connection = await store.Connections.OpenAsync(Token);
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => connection.ExecuteAsync("UPDATE audit_entries SET actor = 'Eve'"));
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => connection.ExecuteAsync("DELETE FROM audit_entries"));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor = 'Eve' WHERE sequence = 3", 3)]
    [InlineData("UPDATE audit_entries SET detail = '{\"n\":\"9\"}' WHERE sequence = 4", 4)]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 2", 2)]
    [InlineData("UPDATE audit_entries SET hash = zeroblob(32) WHERE sequence = 1", 1)]
    public async Task Tampering_is_found_at_the_entry_where_it_was_done(string tampering, long at)
    {
        await using StoreInFolder store = await WrittenAsync(5);
        await using (var connection = await store.Connections.OpenAsync(Token))
        {
            await connection.ExecuteAsync("DROP TRIGGER audit_entries_stay; DROP TRIGGER audit_entries_are_kept");
            await connection.ExecuteAsync(tampering);
        }

        (await VerifyAsync(store)).ShouldBeOfType<AuditVerdict.Broken>().Sequence.ShouldBe(at);
    }

    [Fact]
    public async Task An_entry_is_there_only_when_its_change_is()
    {
        await using StoreInFolder store = await WrittenAsync(1);
        await Should.ThrowAsync<InvalidOperationException>(() => store.Gate.WriteAsync(
            async (session, token) =>
            {
                await new AuditLog().AppendAsync(session, new("Anna", "test", "nothing"), token);
                throw new InvalidOperationException();
            },
            Token));
        (await VerifyAsync(store)).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(1);
    }

    private static Task<AuditVerdict> VerifyAsync(StoreInFolder store) => new AuditVerification(store).VerifyAsync(Token);

    private static async Task<StoreInFolder> WrittenAsync(int entries)
    {
        StoreInFolder store = new();
        await store.Migrator.ApplyAsync(Token);
        for (int i = 1; i <= entries; i++)
        {
            int n = i;
            await store.Gate.WriteAsync(
                (session, token) => new AuditLog().AppendAsync(
                    session, new("Anna", "test", $"thing:{n}", new Dictionary<string, string> { ["n"] = n.ToString(System.Globalization.CultureInfo.InvariantCulture) }), token),
                Token);
        }

        return store;
    }
}
