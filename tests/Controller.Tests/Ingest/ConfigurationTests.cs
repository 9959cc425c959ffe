using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What technicians set comes to the agent.</summary>
public abstract class ConfigurationTests(StoreKind kind)
{
    [Fact]
    public async Task A_change_is_sent_at_once_and_again_at_the_next_Hello_until_the_agent_has_it()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent identity = await controller.EnrolAsync("web-01");
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity);
        agent.Welcome!.ConfigurationVersion.ShouldBe(0);

        await controller.Records().SetServerChecksAsync(new SetServerChecksRequest
        {
            Server = "web-01",
            Add = { new ServiceDefinition { ServiceId = "tcp:443", Kind = CheckKind.Tcp, Role = ServiceRole.Web, Port = 443 } },
            ServiceInterval = TimeSpan.FromMinutes(2).ToDuration(),
        });

        Configuration pushed = (await agent.NextAsync()).Configuration;
        pushed.Services.ShouldHaveSingleItem().Port.ShouldBe(443);
        pushed.ServiceInterval.ToTimeSpan().ShouldBe(TimeSpan.FromMinutes(2));
        using LinkedAgent again = await LinkedAgent.ConnectAsync(controller, identity);
        again.Welcome!.ConfigurationVersion.ShouldBe(pushed.Version);
        (await again.NextAsync()).Configuration.ShouldBe(pushed);
    }

    public sealed class OnSqlite() : ConfigurationTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : ConfigurationTests(StoreKind.Postgres);
}
