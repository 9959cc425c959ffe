using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Identity;

public sealed class RevocationTests : IDisposable
{
    private const string LogFile = "revocations.log";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_revoked_identity_is_refused_with_the_reason()
    {
        await using RunningController controller = RunningController.StartOn(_folder);
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
        await using (RunningController controller = RunningController.StartOn(_folder))
            agent = await controller.EnrolAsync("web-01");
        using ScratchFolder backup = new();
        CopyDatabase(_folder, backup);
        await using (RunningController controller = RunningController.StartOn(_folder))
            await RevokeAsync(controller);
        CopyDatabase(backup, _folder);

        await using RunningController restored = RunningController.StartOn(_folder);

        (await RefusalOfAsync(agent.At(restored))).StatusCode.ShouldBe(StatusCode.PermissionDenied);
        restored.Service<RevocationReconciliation>().Unconfirmed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_issued_after_the_backup_is_adopted_by_the_restored_controller()
    {
        TestAgent agent;
        await using (RunningController controller = RunningController.StartOn(_folder))
            agent = await controller.EnrolAsync("web-01");
        using ScratchFolder backup = new();
        CopyDatabase(_folder, backup);
        await using (RunningController controller = RunningController.StartOn(_folder))
            agent = await agent.At(controller).RenewAsync();
        CopyDatabase(backup, _folder);

        await using RunningController restored = RunningController.StartOn(_folder);

        CertifiedAgent.Of((await agent.At(restored).RenewAsync()).Certificate)!.Generation.ShouldBe(3);
    }

    [Fact]
    public async Task A_lost_log_leaves_the_list_unconfirmed_until_an_administrator_removes_the_mark()
    {
        TestAgent agent;
        await using (RunningController controller = RunningController.StartOn(_folder))
        {
            agent = await controller.EnrolAsync("web-01");
            await RevokeAsync(controller);
        }

        File.Delete(_folder[LogFile]);
        await using (RunningController controller = RunningController.StartOn(_folder))
        {
            controller.Service<RevocationReconciliation>().Unconfirmed.ShouldContain("missing");
            (await RefusalOfAsync(agent.At(controller))).StatusCode.ShouldBe(StatusCode.PermissionDenied);
        }

        await using (RunningController again = RunningController.StartOn(_folder))
            again.Service<RevocationReconciliation>().Unconfirmed.ShouldContain("missing");
        File.Delete(_folder["revocations.unconfirmed"]);
        await using RunningController confirmed = RunningController.StartOn(_folder);
        confirmed.Service<RevocationReconciliation>().Unconfirmed.ShouldBeEmpty();
        (await RefusalOfAsync(agent.At(confirmed))).StatusCode.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task A_changed_log_is_set_aside_and_the_list_is_unconfirmed()
    {
        await using (RunningController controller = RunningController.StartOn(_folder))
        {
            await controller.EnrolAsync("web-01");
            await RevokeAsync(controller);
        }

        File.WriteAllText(_folder[LogFile], File.ReadAllText(_folder[LogFile]).Replace("disk sold", "disk kept", StringComparison.Ordinal));
        await using RunningController again = RunningController.StartOn(_folder);

        again.Service<RevocationReconciliation>().Unconfirmed.ShouldContain("damaged");
        Directory.GetFiles(_folder.Path, $"{LogFile}.damaged-*").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_short_was_never_called_done()
    {
        await using (RunningController controller = RunningController.StartOn(_folder))
        {
            await controller.EnrolAsync("web-01");
            await RevokeAsync(controller);
        }

        File.AppendAllText(_folder[LogFile], "0123456789abcdef {\"revo");
        await using RunningController again = RunningController.StartOn(_folder);

        again.Service<RevocationReconciliation>().Unconfirmed.ShouldBeEmpty();
        File.ReadAllText(_folder[LogFile]).ShouldEndWith("}\n");
    }

    [Fact]
    public async Task Keys_tokens_and_the_log_are_readable_by_their_owner_alone()
    {
        await using RunningController controller = RunningController.StartOn(_folder);

        foreach (string file in (string[])["ca/ca.key", "technician.token", "haisoftctl.json", LogFile])
            File.GetUnixFileMode(_folder[file]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    private static async Task RevokeAsync(RunningController controller) =>
        await controller.Records().RevokeIdentityAsync(new RevokeIdentityRequest { Server = "web-01", Reason = "disk sold" });

    private static async Task<Status> RefusalOfAsync(TestAgent agent) => (await Should.ThrowAsync<RpcException>(agent.RenewAsync)).Status;

    private static void CopyDatabase(ScratchFolder from, ScratchFolder to)
    {
        foreach (string name in (string[])["controller.db", "controller.db-wal", "controller.db-shm"])
        {
            File.Delete(to[name]);
            if (File.Exists(from[name]))
                File.Copy(from[name], to[name]);
        }
    }
}
