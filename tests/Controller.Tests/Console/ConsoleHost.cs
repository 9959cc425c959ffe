using HaiSoft.Controller.Listeners;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>The whole controller with a data folder of its own, its console on a free port of the loopback.</summary>
public sealed class ConsoleHost : WebApplicationFactory<ControllerDbContext>
{
    private readonly TestStore _store;
    private readonly Dictionary<string, string> _settings;

    public ConsoleHost()
        : this(StoreKind.Sqlite)
    {
    }

    internal ConsoleHost(StoreKind kind, Dictionary<string, string>? settings = null)
    {
        _store = TestStore.Make(kind);
        _settings = new(_store.Settings.Concat(settings ?? []));
        UseKestrel();
    }

    /// <summary>The controller's files.</summary>
    public string DataFolder => _store.Folder;

    /// <summary>The options that another of the controller's commands needs for the same store.</summary>
    internal IEnumerable<string> StoreOptions => _store.Settings.Select(setting => $"--{setting.Key}={setting.Value}");

    /// <summary>Where a browser finds the console.</summary>
    public Uri Address
    {
        get
        {
            StartServer();
            return new Uri($"http://127.0.0.1:{Get<BoundPorts>().Of(ListenerKind.Console)}");
        }
    }

    /// <summary>The one-time link's path, as the file has it.</summary>
    public string SignInLink
    {
        get
        {
            StartServer();
            return new Uri(File.ReadAllText(Path.Combine(DataFolder, "sign-in-link")).Trim()).PathAndQuery;
        }
    }

    internal T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A browser without scripts, with cookies of its own.</summary>
    internal Visitor Visitor(string language = "en") => new(Address, language);

    /// <summary>A technician who is signed in. The first to come redeems the one-time link.</summary>
    internal async Task<Visitor> TechnicianAsync(string name = "alice", string language = "en")
    {
        var visitor = Visitor(language);
        var link = await Get<SignInLinks>().CreateAsync(Roles.Administrator, "test", CancellationToken.None);
        var welcome = await visitor.GetAsync($"/welcome?link={link.Token}");
        await visitor.PostAsync(welcome, "/welcome", ("link", link.Token), ("name", name), ("password", Password), ("repeat", Password));
        return visitor;
    }

    /// <summary>Somebody of a customer who is signed in, by the link that a technician handed over.</summary>
    internal async Task<Visitor> CustomerAsync(string address, string customer, string language = "en")
    {
        var visitor = Visitor(language);
        var step = await Get<Accounts>().AddAsync(
            new AccountDraft(address, Roles.Customer, customer), new AccountKeeper("test", PersonId: null, AccountReach.Customers), CancellationToken.None);
        var token = step.ShouldBeOfType<AccountStep.Done>().Link.ShouldNotBeNull().Token;
        var welcome = await visitor.GetAsync($"/welcome?link={token}");
        await visitor.PostAsync(welcome, "/welcome", ("link", token), ("password", Password), ("repeat", Password));
        return visitor;
    }

    internal const string Password = "correct horse battery staple";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseSetting("Controller:AgentsEndpoint", "127.0.0.1:0");
        builder.UseSetting("Controller:TechniciansEndpoint", "127.0.0.1:0");
        builder.UseSetting("Controller:ConsoleEndpoint", "http://127.0.0.1:0");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _store.Dispose();
    }
}
