using System.Text;
using HaiSoft.Agent.Configuration;
using HaiSoft.Agent.Readings.Services;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Configuration;

/// <summary>agent.json.</summary>
public sealed class AgentOptionsTests
{
    [Fact]
    public void Without_a_file_everything_has_its_default()
    {
        List<string> errors = [];
        AgentOptions options = AgentOptions.Read(ConfigurationFile.Read("/no/such/agent.json", errors));
        errors.ShouldBeEmpty();
        options.Services.Interval.ShouldBe(TimeSpan.FromMinutes(5));
        options.Spool.MaximumBytes.ShouldBe(256 * 1024 * 1024);
        options.HelperSocket.ShouldBe("/run/haisoft/helper.sock");
    }

    [Fact]
    public void What_is_written_holds()
    {
        (AgentOptions options, List<string> errors) = Read("""
            {
              // a remark
              "logLevel": "warning",
              "helperSocket": "/run/other.sock",
              "spool": { "maximumMegabytes": 64 },
              "services": {
                "interval": "1m", "repeatAfter": "5s", "discover": false,
                "checks": [
                  { "unit": "redis.service", "role": "database" },
                  { "tcp": 8080 },
                  { "http": "https://shop.example/health", "port": 8443, "role": "web" },
                  { "fileSystem": "/srv" },
                ]
              }
            }
            """);
        errors.ShouldBeEmpty();
        options.LogLevel.ShouldBe(LogLevel.Warning);
        options.Services.Checks.Select(check => check.ServiceId).ShouldBe(
            ["systemd:redis.service", "tcp:8080", "http:https://shop.example:8443/health", "filesystem:/srv"]);
        options.Services.Checks[2].Target.ShouldBe(new HttpTarget(8443, "shop.example", true, "/health"));
        options.Services.Checks[3].Role.ShouldBe(ServiceRole.Storage);
    }

    [Fact]
    public void All_errors_come_out_together_and_defaults_hold_in_their_place()
    {
        (AgentOptions options, List<string> errors) = Read("""
            {
              "helperSocket": "relative",
              "spol": {},
              "spool": { "maximumMegabytes": 1 },
              "services": { "interval": "30s", "discover": "yes", "checks": [ { "tcp": 70000 }, { "unit": "a b" }, {}, 5, { "tcp": 1, "unit": "a.service" } ] }
            }
            """);
        errors.ShouldContain(error => error.StartsWith("helperSocket should be an absolute path", StringComparison.Ordinal));
        errors.ShouldContain("spol is not an option of this agent; look at its spelling");
        errors.ShouldContain("spool.maximumMegabytes should be a whole number from 16 to 16384");
        errors.ShouldContain(error => error.StartsWith("services.interval should be a time from 1m to 15m", StringComparison.Ordinal));
        errors.ShouldContain("services.discover should be true or false");
        errors.ShouldContain(error => error.StartsWith("services.checks[0].tcp", StringComparison.Ordinal));
        errors.ShouldContain(error => error.StartsWith("services.checks[1] cannot be checked", StringComparison.Ordinal));
        errors.ShouldContain(error => error.StartsWith("services.checks[4] should have exactly one of", StringComparison.Ordinal));
        options.Services.Interval.ShouldBe(TimeSpan.FromMinutes(5));
        options.Services.Checks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{ \"services\": ")]
    [InlineData("[]")]
    [InlineData("")]
    public void What_is_no_configuration_is_told(string text) => Read(text).Errors.ShouldHaveSingleItem();

    [Fact]
    public void A_file_that_others_can_write_is_not_trusted()
    {
        using ScratchFolder folder = new();
        string path = folder.Write("agent.json", "{ \"services\": { \"interval\": \"1m\" } }");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);
        List<string> errors = [];
        AgentOptions.Read(ConfigurationFile.Read(path, errors)).Services.Interval.ShouldBe(TimeSpan.FromMinutes(5));
        errors.ShouldHaveSingleItem().ShouldContain("chmod go-w");
    }

    private static (AgentOptions Options, List<string> Errors) Read(string text)
    {
        List<string> errors = [];
        return (AgentOptions.Read(ConfigurationFile.Parse(Encoding.UTF8.GetBytes(text), errors)), errors);
    }
}
