using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.People;

/// <summary>While nobody of the company can sign in, each start makes a one-time link for the first administrator, prints it and leaves it in a file.</summary>
internal sealed partial class FirstAdministrator(
    IDbContextFactory<ControllerDbContext> contexts, SignInLinks links, SignInLinkFile file, ConsoleLocation location, ILogger<FirstAdministrator> logger)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the listeners are up: the port that was taken is known.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Person>().AnyAsync(person => person.CustomerId == null && person.PasswordHash != null, cancellationToken))
            return;
        var link = await links.CreateAsync(Roles.Administrator, "controller", cancellationToken);
        file.Write(location.SignInLink(link.Token));
        Log.LinkMade(logger, file.Path);
        await System.Console.Out.WriteLineAsync($"{Environment.NewLine}First sign-in (once, until {link.ExpiryTime:u}): {location.SignInLink(link.Token)}{Environment.NewLine}");
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Information, "Nobody has an account yet: a one-time sign-in link is in {File}")]
        public static partial void LinkMade(ILogger logger, string file);
    }
}
