using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Bed;

[Trait("Category", "Machines")]
public sealed class ContainerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_runs_a_real_systemd_as_process_1()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Base, "web-01", Stop);

        (await server.MustAsync(["cat", "/proc/1/comm"], Stop)).Trim().ShouldBe("systemd");
        (await server.RunAsync(["systemctl", "is-system-running"], Stop)).Output.Trim().ShouldBeOneOf("running", "degraded");
        (await server.MustAsync(["hostname"], Stop)).Trim().ShouldBe("web-01");
    }

    [Fact]
    public async Task Its_services_are_those_of_a_customers_web_server_and_answer_over_the_network()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Services, "web-01", Stop);

        (await server.MustAsync(["systemctl", "is-active", "apache2", "mariadb"], Stop)).ShouldBe("active\nactive\n");

        using var http = new HttpClient(network.Controller.HttpHandler());
        using var page = await http.GetAsync(new Uri($"http://{server.Address}/"), Stop);
        page.IsSuccessStatusCode.ShouldBeTrue();
    }
}
