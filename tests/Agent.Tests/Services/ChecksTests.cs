using System.Net;
using System.Net.Sockets;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Services;
using HaiSoft.Agent.Services;
using HaiSoft.Agent.Tests.Session;
using HaiSoft.Testing.Clock;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Services;

/// <summary>Checks against real sockets and file systems of this machine.</summary>
public sealed class ChecksTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task An_open_port_is_open_and_a_closed_one_refused()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        (await TcpAsync(port)).Outcome.ShouldBe(ConnectionOutcome.Open);
        listener.Stop();
        (await TcpAsync(port)).Outcome.ShouldBe(ConnectionOutcome.Refused);
    }

    [Fact]
    public async Task A_page_is_asked_for_and_its_status_told()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serve = ServeAsync(listener, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        HttpSeen seen = await HttpAsync(new HttpTarget(((IPEndPoint)listener.LocalEndpoint).Port, "localhost", false, "/"), Patience);
        await serve;
        (seen.Connection, seen.StatusCode, seen.Tls).ShouldBe((ConnectionOutcome.Open, 503, null));
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_does_not_answer_has_no_status()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        HttpSeen seen = await HttpAsync(new HttpTarget(((IPEndPoint)listener.LocalEndpoint).Port, "localhost", false, "/"), TimeSpan.FromMilliseconds(200));
        (seen.Connection, seen.StatusCode).ShouldBe((ConnectionOutcome.Open, null));
        CheckChange.LooksFailed(seen).ShouldBeTrue();
    }

    [Fact]
    public async Task A_certificate_is_told_with_its_expiry_whether_it_is_trusted_or_not()
    {
        await using FakeController server = await FakeController.StartAsync(notAfter: FakeController.Now.AddDays(12));
        HttpSeen seen = await HttpAsync(new HttpTarget(server.Address.Port, "localhost", true, "/"), Patience);
        seen.Tls.ShouldBe(TlsOutcome.Untrusted);
        seen.CertificateExpiryTime.ShouldNotBeNull().ShouldBe(FakeController.Now.AddDays(12), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_root_file_system_has_room()
    {
        FileSystemCheck check = new(FileRoots.System, TimeProvider.System);
        FileSystemSeen seen = (await check.CheckAsync(new FileSystemTarget("/"), Patience, TestContext.Current.CancellationToken)).ShouldBeOfType<FileSystemSeen>();
        seen.SizeBytes.ShouldBeGreaterThan(seen.AvailableBytes);
    }

    [Fact]
    public async Task Where_nothing_is_mounted_the_check_is_not_made()
    {
        FileSystemCheck check = new(FileRoots.System, TimeProvider.System);
        (await check.CheckAsync(new FileSystemTarget("/etc"), Patience, TestContext.Current.CancellationToken)).ShouldBeOfType<CheckNotMade>();
        (await check.CheckAsync(new FileSystemTarget("/no/such"), Patience, TestContext.Current.CancellationToken)).ShouldBeOfType<CheckNotMade>();
    }

    [Fact]
    public void A_failed_check_is_repeated_twice_within_thirty_seconds_and_a_recovery_once()
    {
        SettableTime time = new();
        RepeatPlan plan = new(TimeSpan.FromSeconds(10), time);
        plan.Take(Check(ConnectionOutcome.Open)).ShouldBeFalse();
        plan.Take(Check(ConnectionOutcome.Refused)).ShouldBeTrue();
        for (var repeat = 0; repeat < 2; repeat++)
        {
            plan.TakeDue().ShouldBeEmpty();
            time.Advance(TimeSpan.FromSeconds(10));
            plan.TakeDue().ShouldBe(["tcp:1"]);
            plan.Take(Check(ConnectionOutcome.Refused)).ShouldBeTrue();
        }

        plan.NextDue().ShouldBeNull();
        plan.Take(Check(ConnectionOutcome.Refused)).ShouldBeFalse();
        plan.Take(Check(ConnectionOutcome.Open)).ShouldBeTrue();
        plan.NextDue().ShouldBe(TimeSpan.FromSeconds(10));
    }

    private static ServiceCheck Check(ConnectionOutcome outcome) => new(
        new ServiceDefinition("tcp:1", ServiceRole.Other, ServiceOrigin.Local, new TcpTarget(1)), default, default, new ConnectionSeen(outcome, null));

    private static async Task<ConnectionSeen> TcpAsync(int port) =>
        (await TcpCheck.CheckAsync(new TcpTarget(port), TimeProvider.System, Patience, TestContext.Current.CancellationToken)).ShouldBeOfType<ConnectionSeen>();

    private static async Task<HttpSeen> HttpAsync(HttpTarget target, TimeSpan patience) =>
        (await new HttpCheck(TimeProvider.System).CheckAsync(target, patience, TestContext.Current.CancellationToken)).ShouldBeOfType<HttpSeen>();

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        _ = await stream.ReadAtLeastAsync(new byte[1024], 10, throwOnEndOfStream: false);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
    }
}
