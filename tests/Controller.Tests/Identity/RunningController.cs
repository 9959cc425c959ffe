using Dapper;
using Grpc.Core;
using Grpc.Net.Client;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Listeners;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Clock;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HaiSoft.Controller.Tests.Identity;

/// <summary>The whole controller with real ports (free ones), real TLS and a clock that the test moves.</summary>
internal sealed class RunningController : IAsyncDisposable
{
    private readonly Host _host;
    private readonly TestStore? _own;

    private RunningController(TestStore store, SettableTime time, TestStore? own, Dictionary<string, string>? settings = null)
    {
        Folder = store.Folder;
        Time = time;
        _own = own;
        _host = new Host(store, time, settings ?? []);
        _host.UseKestrel();
        _host.StartServer();
        Ca = new PinnedCa(Service<CertificateAuthority>().Certificate);
        Token = File.ReadAllText(Path.Combine(Folder, "technician.token")).Trim();
    }

    public string Folder { get; }

    public SettableTime Time { get; }

    public PinnedCa Ca { get; }

    /// <summary>The first technician's token.</summary>
    public string Token { get; }

    public string ProfileFile => Path.Combine(Folder, "haisoftctl.json");

    public string AgentsUrl => $"https://localhost:{Service<BoundPorts>().Of(ListenerKind.Agents)}";

    public string TechniciansUrl => $"https://localhost:{Service<BoundPorts>().Of(ListenerKind.Technicians)}";

    /// <summary>A controller with a store of its own.</summary>
    public static RunningController Start(StoreKind kind = StoreKind.Sqlite)
    {
        TestStore store = TestStore.Make(kind);
        return new(store, Now(), store);
    }

    /// <summary>A controller with a store of its own that began at another time.</summary>
    public static RunningController StartAt(DateTimeOffset now, StoreKind kind = StoreKind.Sqlite)
    {
        TestStore store = TestStore.Make(kind);
        return new(store, new SettableTime(now), store);
    }

    /// <summary>A controller on a store that outlives it.</summary>
    public static RunningController StartOn(TestStore store, SettableTime? time = null, Dictionary<string, string>? settings = null) =>
        new(store, time ?? Now(), own: null, settings);

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>A technician's channel, signed in.</summary>
    public CallInvoker Technician() => Signed(TechniciansUrl, $"Bearer {Token}");

    public CallInvoker Signed(string url, string authorization) =>
        new WithHeader(Channel(url, Ca.Handler()).CreateCallInvoker(), "authorization", authorization).Invoker;

    public static GrpcChannel Channel(string url, HttpMessageHandler handler) =>
        GrpcChannel.ForAddress(url, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });

    public RecordsService.RecordsServiceClient Records() => new(Technician());

    public EnrolmentService.EnrolmentServiceClient Enrolment(HttpMessageHandler? handler = null) =>
        new(Channel(AgentsUrl, handler ?? Ca.Handler()));

    /// <summary>A customer's dedicated server.</summary>
    public async Task AddServerAsync(string name)
    {
        RecordsService.RecordsServiceClient records = Records();
        ListCustomersResponse customers = await records.ListCustomersAsync(new ListCustomersRequest());
        if (customers.Customers.Count == 0)
            await records.AddCustomerAsync(new AddCustomerRequest { Name = "Boulangerie Martin", Email = "contact@martin.example" });
        await records.AddServerAsync(new AddServerRequest { Record = Dedicated(name) });
    }

    public async Task<string> TokenForAsync(string server) =>
        (await Records().CreateEnrolmentTokenAsync(new CreateEnrolmentTokenRequest { Server = server })).Token;

    /// <summary>Adds a server and enrols its agent.</summary>
    public async Task<TestAgent> EnrolAsync(string server, string machineId = "5f0c")
    {
        await AddServerAsync(server);
        return await TestAgent.EnrolAsync(this, await TokenForAsync(server), machineId);
    }

    /// <summary>Lets the controller's time pass until this is done: for what is tried again after a rest.</summary>
    public async Task PassTimeAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
        }

        await until;
    }

    /// <summary>Changes the database behind the controller's back, each statement in a transaction of its own.</summary>
    public async Task RunSqlAsync(params IEnumerable<string> statements)
    {
        foreach (string sql in statements)
        {
            await Service<WriteGate>().WriteAsync(
                (session, token) => session.Connection.ExecuteAsync(new CommandDefinition(sql, transaction: session.Transaction, cancellationToken: token)),
                TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Ca.Dispose();
        _own?.Dispose();
    }

    public static ServerRecord Dedicated(string name) => new()
    {
        Name = name,
        Customer = "Boulangerie Martin",
        Kind = HaiSoft.Protocol.Technician.V1.ServerKind.Dedicated,
        Rack = "R12/U07",
        Fee = new Euro { Cents = 4990 },
        FeePeriod = HaiSoft.Protocol.Technician.V1.FeePeriod.Month,
        FromDate = "2026-01-01",
    };

    // Certificates are checked by the system's own clock too: start from it.
    private static SettableTime Now() => new(TimeProvider.System.GetUtcNow());

    private sealed class Host(TestStore store, TimeProvider time, Dictionary<string, string> settings) : WebApplicationFactory<ControllerDbContext>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (key, value) in store.Settings.Concat(settings))
                builder.UseSetting(key, value);
            builder.UseSetting("Controller:AgentsEndpoint", "127.0.0.1:0");
            builder.UseSetting("Controller:TechniciansEndpoint", "127.0.0.1:0");
            builder.UseSetting("Controller:ConsoleEndpoint", "http://127.0.0.1:0");
            builder.ConfigureTestServices(services => services.AddSingleton(time));
        }
    }
}
