using HaiSoft.Controller.Listeners;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Listeners;

public sealed class ListenerOptionsTests
{
    [Fact]
    public void The_defaults_hold() => Faults(new ListenerOptions()).ShouldBeEmpty();

    [Fact]
    public void All_mistakes_are_told_together_each_by_its_option()
    {
        string[] faults = Faults(new ListenerOptions
        {
            AgentsEndpoint = "everywhere",
            TechniciansEndpoint = "127.0.0.1:70000",
            ConsoleEndpoint = "http://0.0.0.0:7080",
            PublicAddress = "not a name:1",
        });

        faults.Length.ShouldBe(4);
        faults[0].ShouldStartWith("Controller:AgentsEndpoint is 'everywhere'");
        faults[1].ShouldStartWith("Controller:TechniciansEndpoint is '127.0.0.1:70000'");
        faults[2].ShouldContain("passwords would cross the network in clear");
        faults[3].ShouldStartWith("Controller:PublicAddress");
    }

    [Fact]
    public void Two_listeners_on_one_port_are_a_mistake() =>
        Faults(new ListenerOptions { TechniciansEndpoint = "127.0.0.1:7443" }).Single().ShouldContain("same port 7443");

    [Theory]
    [InlineData("controller.example", "controller.example:7443")]
    [InlineData("controller.example:8443", "controller.example:8443")]
    [InlineData("192.0.2.1", "192.0.2.1:7443")]
    [InlineData("2001:db8::1", "[2001:db8::1]:7443")]
    [InlineData("[2001:db8::1]:8443", "[2001:db8::1]:8443")]
    public void A_public_address_takes_the_agents_port_unless_it_says_another(string text, string expected) =>
        PublicAddress.Parse(text, 7443)!.ToString().ShouldBe(expected);

    private static string[] Faults(ListenerOptions options) => [.. new ListenerOptionsCheck().Validate(null, options).Failures ?? []];
}
