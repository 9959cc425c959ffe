using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Trust;

/// <summary>An order's exact bytes are shown as what they are, before anybody signs them.</summary>
public sealed class OrderCommandTests : IDisposable
{
    private readonly KeyHolders _holders = new();

    public void Dispose() => _holders.Dispose();

    [Fact]
    public async Task Everything_that_an_order_says_is_shown()
    {
        CommandLine.Printed shown = await ShowAsync(Order());

        shown.Code.ShouldBe(0);
        foreach (string part in (string[])[
            "install packages", "httpd, port 8080, document root /var/www/shop", new string('a', 64), "one of 12 server(s)", "by a technician", "2026-11-22 14:00:00Z",
            "EMERGENCY, incident 1042", "Plan: " + new string('0', 64)])
            shown.Output.ShouldContain(part);
        shown.Output.ShouldNotContain("Servers would refuse it");
    }

    [Fact]
    public async Task What_does_not_hold_together_is_shown_with_why()
    {
        Order order = Order();
        order.InstallPackages.Packages[0].Name = "\u001b[2Jevil";
        order.CreatedTime.Seconds = long.MaxValue;

        CommandLine.Printed shown = await ShowAsync(order);

        shown.Output.ShouldContain("Servers would refuse it: installPackages.packages[0].name");
        shown.Output.ShouldContain("not an instant");
        shown.Output.ShouldNotContain('\u001b');
        (await KeyHolders.JsonAsync("order", "show", _holders.On("safe", "order"))).GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_no_order_is_not_shown_as_one()
    {
        CommandLine.Printed shown = await KeyHolders.RunAsync("order", "show", _holders.Write("safe", "order", "nothing"));
        CommandLine.Printed missing = await KeyHolders.RunAsync("order", "show", "/no/such/file");

        (shown.Code, missing.Code).ShouldBe((2, 2));
        shown.Error.ShouldContain("cannot be read");
    }

    private async Task<CommandLine.Printed> ShowAsync(Order order)
    {
        string file = _holders.On("safe", "order");
        await File.WriteAllBytesAsync(file, Sealing.Seal(PayloadTypes.Order, order));
        return await KeyHolders.RunAsync("order", "show", file);
    }

    private static Order Order()
    {
        Timestamp noon = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).ToTimestamp();
        return new()
        {
            OrderId = ByteString.CopyFrom(new byte[16]),
            MachineId = new string('a', 64),
            CreatedTime = noon,
            WindowStartTime = noon,
            WindowEndTime = noon + Duration.FromTimeSpan(TimeSpan.FromHours(2)),
            ExpiryTime = noon + Duration.FromTimeSpan(TimeSpan.FromHours(2)),
            PlanHash = ByteString.CopyFrom(new byte[32]),
            PackageStateHash = ByteString.CopyFrom(new byte[32]),
            Origin = RequestOrigin.Technician,
            ServerCount = 12,
            EmergencyIncidentId = "1042",
            InstallPackages = new InstallPackages
            {
                Packages = { new PackageInstall { Name = "httpd", Choices = { new PackageChoice { Port = 8080 }, new PackageChoice { DocumentRoot = "/var/www/shop" } } } },
            },
        };
    }
}
