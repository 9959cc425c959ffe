using System.Data.Common;
using System.Formats.Tar;
using Dapper;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Recovery;

/// <summary>A backup is whole and private; a restore takes a whole one only, overwrites nothing unasked, and never touches the log of revocations.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TestStore _store = TestStore.Make(StoreKind.Sqlite);
    private readonly ScratchFolder _backups = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(_backups.Path, "controller.tar");

    public void Dispose()
    {
        _backups.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task A_backup_beside_a_running_controller_is_one_private_file_with_the_keys_and_without_the_log()
    {
        await using RunningController controller = RunningController.StartOn(_store);
        await controller.EnrolAsync("web-01");

        string said = await Verbs.BackUpAsync(_store, Archive);

        said.ShouldContain("keep it as safe as the data folder");
        File.GetUnixFileMode(Archive).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFileSystemEntries(_backups.Path).ShouldBe([Archive]);
        string[] names = Names();
        names[..2].ShouldBe(["backup.json", "controller.db"]);
        names.ShouldContain("ca/ca.key");
        names.ShouldContain("technician.token");
        names.ShouldContain(name => name.StartsWith("session-keys/", StringComparison.Ordinal));
        names.ShouldNotContain("revocations.log");
        names.ShouldNotContain("sign-in-link");
    }

    [Fact]
    public async Task A_folder_gets_a_file_named_by_the_time_and_a_file_that_is_there_is_not_overwritten()
    {
        await using RunningController controller = RunningController.StartOn(_store);
        await Verbs.BackUpAsync(_store, _backups.Path);
        string file = Directory.GetFiles(_backups.Path).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldStartWith("haisoft-controller-2");

        (await Verbs.RefusedAsync(_store, "backup", $"--to={file}")).ShouldContain("is not overwritten");
        (await Verbs.RefusedAsync(_store, "backup", "--to=/nonexistent/file.tar")).ShouldContain("There is no folder /nonexistent");
    }

    [Fact]
    public async Task Backups_taken_while_the_controller_writes_are_whole()
    {
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
            Task writing = Task.Run(() => WriteOnAsync(controller, stop.Token), Token);
            await Verbs.BackUpAsync(_store, Archive);
            await stop.CancelAsync();
            await writing;
        }

        await Verbs.RestoreAsync(_store, Archive);

        await using RunningController restored = RunningController.StartOn(_store);
        (await restored.Service<AuditVerification>().VerifyAsync(Token)).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBeGreaterThan(1);
        await using DbConnection connection = await restored.Service<StoreConnections>().OpenAsync(Token);
        (await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM audit_entries WHERE action = 'store.restore'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_there_is_not_overwritten_unasked_and_is_kept_when_it_is_replaced()
    {
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            await Verbs.BackUpAsync(_store, Archive);
            await controller.AddServerAsync("web-after");
        }

        (await Verbs.RefusedAsync(_store, "restore", $"--from={Archive}")).ShouldContain("say --replace");
        await using (RunningController untouched = RunningController.StartOn(_store))
            (await untouched.Records().ListCustomersAsync(new ListCustomersRequest())).Customers.Count.ShouldBe(1);

        string said = await Verbs.RestoreAsync(_store, Archive);

        string aside = Directory.GetDirectories(_store.Folder, "replaced-*").ShouldHaveSingleItem();
        said.ShouldContain(aside);
        File.Exists(Path.Combine(aside, "controller.db")).ShouldBeTrue();
        File.Exists(Path.Combine(aside, "ca", "ca.key")).ShouldBeTrue();
        await using RunningController restored = RunningController.StartOn(_store);
        (await restored.Records().ListCustomersAsync(new ListCustomersRequest())).Customers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_restored_under_a_running_controller()
    {
        await using RunningController controller = RunningController.StartOn(_store);
        await Verbs.BackUpAsync(_store, Archive);
        (await Verbs.RefusedAsync(_store, "restore", $"--from={Archive}", "--replace")).ShouldContain("Another controller uses the data folder");
    }

    [Theory]
    [InlineData("cut off in the middle")]
    [InlineData("cut off near the end")]
    [InlineData("a flipped bit")]
    [InlineData("no tar file")]
    [InlineData("another tar file")]
    [InlineData("a way out of the folder")]
    public async Task A_backup_that_is_not_whole_is_refused_and_nothing_changes(string damage)
    {
        await using (RunningController controller = RunningController.StartOn(_store))
            await Verbs.BackUpAsync(_store, Archive);
        Damage(damage);
        byte[] database = await File.ReadAllBytesAsync(Path.Combine(_store.Folder, "controller.db"), Token);

        string said = await Verbs.RefusedAsync(_store, "restore", $"--from={Archive}", "--replace");

        said.ShouldContain("was not restored");
        Directory.GetDirectories(_store.Folder).Select(Path.GetFileName).ShouldBe(["ca", "session-keys"], ignoreOrder: true);
        File.ReadAllBytes(Path.Combine(_store.Folder, "controller.db")).ShouldBe(database);
    }

    [Fact]
    public async Task An_identity_revoked_after_the_backup_stays_revoked()
    {
        TestAgent agent;
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            agent = await controller.EnrolAsync("web-01");
            await Verbs.BackUpAsync(_store, Archive);
            await controller.Records().RevokeIdentityAsync(new RevokeIdentityRequest { Server = "web-01", Reason = "disk sold" });
        }

        await Verbs.RestoreAsync(_store, Archive);

        await using RunningController restored = RunningController.StartOn(_store);
        (await Should.ThrowAsync<Grpc.Core.RpcException>(agent.At(restored).RenewAsync)).StatusCode.ShouldBe(Grpc.Core.StatusCode.PermissionDenied);
        restored.Service<RevocationReconciliation>().Unconfirmed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no log", "was missing when a backup was restored")]
    [InlineData("another controller's", "is not that one's")]
    [InlineData("an older log", "lacks some")]
    public async Task A_log_that_may_lack_revocations_leaves_the_list_unconfirmed(string log, string why)
    {
        string file = Path.Combine(_store.Folder, "revocations.log");
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            await controller.EnrolAsync("web-01");
            await controller.Records().RevokeIdentityAsync(new RevokeIdentityRequest { Server = "web-01", Reason = "disk sold" });
            await Verbs.BackUpAsync(_store, Archive);
        }

        if (log == "an older log")
            await File.WriteAllTextAsync(file, "", Token);
        else
            File.Delete(file);
        if (log == "another controller's")
        {
            Directory.Delete(Path.Combine(_store.Folder, "ca"), recursive: true);
            File.Delete(Path.Combine(_store.Folder, "controller.db"));
            await using RunningController other = RunningController.StartOn(_store);
        }

        (await Verbs.RestoreAsync(_store, Archive)).ShouldContain("unconfirmed");

        await using RunningController restored = RunningController.StartOn(_store);
        restored.Service<RevocationReconciliation>().Unconfirmed.ShouldContain(why);
    }

    [Fact]
    public async Task A_link_that_was_open_at_the_backup_is_not_good_again()
    {
        string token;
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            await controller.AddServerAsync("web-01");
            token = await controller.TokenForAsync("web-01");
            await Verbs.BackUpAsync(_store, Archive);
        }

        await Verbs.RestoreAsync(_store, Archive);

        await using RunningController restored = RunningController.StartOn(_store);
        await Should.ThrowAsync<Grpc.Core.RpcException>(() => TestAgent.EnrolAsync(restored, token));
        await using DbConnection connection = await restored.Service<StoreConnections>().OpenAsync(Token);
        (await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM sign_in_links WHERE withdrawn_time IS NULL AND used_time IS NULL")).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_restore_that_was_cut_short_is_no_first_start()
    {
        await File.WriteAllTextAsync(Path.Combine(_store.Folder, "restore.unfinished"), "", Token);
        (await Verbs.RefusedAsync(_store, "serve")).ShouldContain("was cut short");
        File.Exists(Path.Combine(_store.Folder, "ca", "ca.key")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("backup", "backup needs --to")]
    [InlineData("restore --replace", "restore needs --from")]
    [InlineData("backup --to", "backup --to needs a value")]
    public async Task A_command_without_what_it_needs_is_answered_with_the_usage(string command, string words)
    {
        string[] arguments = command.Split(' ');
        var result = await Verbs.RunAsync(_store, arguments[0], arguments[1..]);
        if (command != "backup --to")
            result.ExitCode.ShouldBe((int)StartExitCode.Usage);
        else
            result = await HaiSoft.Testing.Processes.Tool.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "haisoft-controller.dll"), "backup", "--to"], Token);
        result.Error.ShouldContain(words);
        result.Error.ShouldContain("Usage:");
    }

    private static async Task WriteOnAsync(RunningController controller, CancellationToken cancellationToken)
    {
        for (int i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            await controller.Service<WriteGate>().WriteAsync(
                (session, token) => controller.Service<AuditLog>().AppendAsync(session, new("Anna", "test", $"thing:{i}"), token), Token);
        }
    }

    private string[] Names()
    {
        List<string> names = [];
        using FileStream file = File.OpenRead(Archive);
        using TarReader reader = new(file);
        while (reader.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return [.. names];
    }

    private void Damage(string damage)
    {
        byte[] bytes = File.ReadAllBytes(Archive);
        switch (damage)
        {
            case "cut off in the middle":
                File.WriteAllBytes(Archive, bytes[..(bytes.Length / 2)]);
                break;
            case "cut off near the end":
                File.WriteAllBytes(Archive, bytes[..^2048]);
                break;
            case "a flipped bit":
                bytes[bytes.Length / 2] ^= 4;
                File.WriteAllBytes(Archive, bytes);
                break;
            case "no tar file":
                File.WriteAllText(Archive, new string('x', 5000));
                break;
            case "another tar file":
                WriteTar(("notes.txt", "hello"));
                break;
            case "a way out of the folder":
                WriteTar(("backup.json", OutOfTheFolder), ("../../escaped", "x"));
                break;
        }
    }

    private const string OutOfTheFolder = """
        {"format":1,"made_time":"2026-11-22T00:00:00Z","program":"1","store":"sqlite","ca_sha256":"00","revocations":{"count":0,"head":"00"},
         "files":[{"name":"../../escaped","bytes":1,"sha256":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}]}
        """;

    private void WriteTar(params (string Name, string Text)[] entries)
    {
        File.Delete(Archive);
        using FileStream file = File.Create(Archive);
        using TarWriter writer = new(file);
        foreach ((string name, string text) in entries)
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
    }
}
