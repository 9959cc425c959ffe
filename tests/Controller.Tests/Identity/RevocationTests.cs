using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Controller.Tests.Storage;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Identity;

public abstract class RevocationTests(StoreKind kind) : IDisposable
{
    private const string LogFile = "revocations.log";
    private readonly TestStore _store = TestStore.Make(kind);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_revoked_identity_is_refused_with_the_reason()
    {
        await using RunningController controller = RunningController.StartOn(_store);
        TestAgent agent = await controller.EnrolAsync("web-01");

        await RevokeAsync(controller);

        Status status = await RefusalOfAsync(agent);
        status.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        status.Detail.ShouldContain("disk sold");
    }

    [Fact]
    public async Task A_restored_database_does_not_bring_a_revoked_identity_back()
    {
        TestAgent agent;
        await using (RunningController controller = RunningController.StartOn(_store))
            agent = await controller.EnrolAsync("web-01");
        using TestStore.Copy backup = _store.Keep();
        await using (RunningController controller = RunningController.StartOn(_store))
            await RevokeAsync(controller);
        _store.Return(backup);

        await using RunningController restored = RunningController.StartOn(_store);

        (await RefusalOfAsync(agent.At(restored))).StatusCode.ShouldBe(StatusCode.PermissionDenied);
        restored.Service<RevocationReconciliation>().Unconfirmed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_issued_after_the_backup_is_adopted_by_the_restored_controller()
    {
        TestAgent agent;
        await using (RunningController controller = RunningController.StartOn(_store))
            agent = await controller.EnrolAsync("web-01");
        using TestStore.Copy backup = _store.Keep();
        await using (RunningController controller = RunningController.StartOn(_store))
            agent = await agent.At(controller).RenewAsync();
        _store.Return(backup);

        await using RunningController restored = RunningController.StartOn(_store);

        (await LinkedAgent.ConnectAsync(restored, agent.At(restored))).Dispose();
        CertifiedAgent.Of((await agent.At(restored).RenewAsync()).Certificate)!.Generation.ShouldBe(3);
        Server server = (await restored.Records().GetServerAsync(new GetServerRequest { Name = "web-01" })).Server;
        (server.OrdersWithheld, server.Warnings.Count).ShouldBe(("", 0), "an adopted certificate is no alarm");
    }

    [Fact]
    public async Task A_renewal_that_the_controller_issued_and_did_not_live_to_answer_is_asked_for_again()
    {
        TestAgent agent;
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            agent = await controller.EnrolAsync("web-01");
            await agent.RenewAsync(); // its answer is lost with the controller
        }

        await using RunningController again = RunningController.StartOn(_store);
        TestAgent renewed = await agent.At(again).RenewAsync();

        CertifiedAgent.Of(renewed.Certificate)!.Generation.ShouldBe(3);
        (await LinkedAgent.ConnectAsync(again, renewed)).Dispose();
    }

    [Fact]
    public async Task A_lost_log_leaves_the_list_unconfirmed_until_an_administrator_removes_the_mark()
    {
        TestAgent agent;
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            agent = await controller.EnrolAsync("web-01");
            await RevokeAsync(controller);
        }

        File.Delete(Path.Combine(_store.Folder, LogFile));
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            controller.Service<RevocationReconciliation>().Unconfirmed.ShouldContain("missing");
            await controller.EnrolAsync("web-02");
            (await OrdersWithheldAsync(controller, "web-02")).ShouldContain("administrator");
            (await RefusalOfAsync(agent.At(controller))).StatusCode.ShouldBe(StatusCode.PermissionDenied);
        }

        await using (RunningController again = RunningController.StartOn(_store))
            again.Service<RevocationReconciliation>().Unconfirmed.ShouldContain("missing");
        File.Delete(Path.Combine(_store.Folder, "revocations.unconfirmed"));
        await using RunningController confirmed = RunningController.StartOn(_store);
        confirmed.Service<RevocationReconciliation>().Unconfirmed.ShouldBeEmpty();
        (await OrdersWithheldAsync(confirmed, "web-02")).ShouldBeEmpty();
        (await RefusalOfAsync(agent.At(confirmed))).StatusCode.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task A_changed_log_is_set_aside_and_the_list_is_unconfirmed()
    {
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            await controller.EnrolAsync("web-01");
            await RevokeAsync(controller);
        }

        File.WriteAllText(Path.Combine(_store.Folder, LogFile), File.ReadAllText(Path.Combine(_store.Folder, LogFile)).Replace("disk sold", "disk kept", StringComparison.Ordinal));
        await using RunningController again = RunningController.StartOn(_store);

        again.Service<RevocationReconciliation>().Unconfirmed.ShouldContain("damaged");
        Directory.GetFiles(_store.Folder, $"{LogFile}.damaged-*").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_short_was_never_called_done()
    {
        await using (RunningController controller = RunningController.StartOn(_store))
        {
            await controller.EnrolAsync("web-01");
            await RevokeAsync(controller);
        }

        File.AppendAllText(Path.Combine(_store.Folder, LogFile), "0123456789abcdef {\"revo");
        await using RunningController again = RunningController.StartOn(_store);

        again.Service<RevocationReconciliation>().Unconfirmed.ShouldBeEmpty();
        File.ReadAllText(Path.Combine(_store.Folder, LogFile)).ShouldEndWith("}\n");
    }

    [Fact]
    public async Task Keys_tokens_and_the_log_are_readable_by_their_owner_alone()
    {
        await using RunningController controller = RunningController.StartOn(_store);

        foreach (string file in (string[])["ca/ca.key", "technician.token", "haisoftctl.json", LogFile])
            File.GetUnixFileMode(Path.Combine(_store.Folder, file)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    private static async Task<string> OrdersWithheldAsync(RunningController controller, string server) =>
        (await controller.Records().GetServerAsync(new GetServerRequest { Name = server })).Server.OrdersWithheld;

    private static async Task RevokeAsync(RunningController controller) =>
        await controller.Records().RevokeIdentityAsync(new RevokeIdentityRequest { Server = "web-01", Reason = "disk sold" });

    private static async Task<Status> RefusalOfAsync(TestAgent agent) => (await Should.ThrowAsync<RpcException>(agent.RenewAsync)).Status;

    public sealed class OnSqlite() : RevocationTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : RevocationTests(StoreKind.Postgres);
}
