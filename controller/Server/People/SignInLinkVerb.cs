using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.People;

/// <summary>
/// <c>haisoft-controller sign-in-link</c>: a new one-time link for an administrator, when the last one or a password is lost. It works
/// beside a running controller and on the machine itself only: who may write the data folder may make one.
/// </summary>
internal static class SignInLinkVerb
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<StoreConnections>().Engine;
        if (!await store.IsMadeAsync(cancellationToken))
        {
            throw new StartRefusedException(
                $"{store.Name} is not there yet: start the controller once, it makes the first link by itself; or name the data folder "
                + "with --Controller:DataFolder=PATH.",
                StartExitCode.Database,
                cause: null);
        }

        // The schema that is there must be this program's: applies nothing while a controller of this version runs.
        await services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken);
        var link = await services.GetRequiredService<SignInLinks>().CreateAsync(Roles.Administrator, "sign-in-link", cancellationToken);
        var address = services.GetRequiredService<ConsoleLocation>().SignInLink(link.Token);
        services.GetRequiredService<SignInLinkFile>().Write(address);
        await System.Console.Out.WriteLineAsync($"Good once, until {link.ExpiryTime:u}: {address}");
    }
}
