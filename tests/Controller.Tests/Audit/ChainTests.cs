using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Audit;

/// <summary>The chain shows every change that was made behind its back.</summary>
public abstract class ChainTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_that_nobody_touched_is_intact()
    {
        await using OpenedStore store = await WrittenAsync(5);
        (await VerifyAsync(store)).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(5);
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor = 'Eve'", "audit entries are never changed")]
    [InlineData("DELETE FROM audit_entries", "audit entries are never removed")]
    public async Task The_database_itself_refuses_to_change_or_remove_entries(string tampering, string words)
    {
        await using OpenedStore store = await WrittenAsync(2);
        await using DbConnection connection = await store.Connections.OpenAsync(Token);
        (await Should.ThrowAsync<DbException>(() => connection.ExecuteAsync(tampering))).Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor = 'Eve' WHERE sequence = 3", 3)]
    [InlineData("UPDATE audit_entries SET detail = '{\"n\":\"9\"}' WHERE sequence = 4", 4)]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 2", 2)]
    [InlineData("UPDATE audit_entries SET hash = (SELECT hash FROM audit_entries WHERE sequence = 2) WHERE sequence = 1", 1)]
    public async Task Tampering_is_found_at_the_entry_where_it_was_done(string tampering, long at)
    {
        await using OpenedStore store = await WrittenAsync(5);
        await using (DbConnection connection = await store.Connections.OpenAsync(Token))
        {
            string on = kind == StoreKind.Postgres ? " ON audit_entries" : "";
            await connection.ExecuteAsync($"DROP TRIGGER audit_entries_stay{on}; DROP TRIGGER audit_entries_are_kept{on}");
            await connection.ExecuteAsync(tampering);
        }

        (await VerifyAsync(store)).ShouldBeOfType<AuditVerdict.Broken>().Sequence.ShouldBe(at);
    }

    [Fact]
    public async Task An_entry_is_there_only_when_its_change_is()
    {
        await using OpenedStore store = await WrittenAsync(1);
        await Should.ThrowAsync<InvalidOperationException>(() => store.Gate.WriteAsync(
            async (session, token) =>
            {
                await new AuditLog().AppendAsync(session, new("Anna", "test", "nothing"), token);
                throw new InvalidOperationException();
            },
            Token));
        (await VerifyAsync(store)).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(1);
    }

    private static Task<AuditVerdict> VerifyAsync(OpenedStore store) => new AuditVerification(store).VerifyAsync(Token);

    private protected async Task<OpenedStore> WrittenAsync(int entries)
    {
        OpenedStore store = new(kind);
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

    public sealed class OnSqlite() : ChainTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : ChainTests(StoreKind.Postgres)
    {
        [Fact]
        public async Task The_table_cannot_be_emptied_either()
        {
            await using OpenedStore store = await WrittenAsync(1);
            await using DbConnection connection = await store.Connections.OpenAsync(Token);
            await Should.ThrowAsync<DbException>(() => connection.ExecuteAsync("TRUNCATE audit_entries"));
        }
    }
}
