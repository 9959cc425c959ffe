using System.Data.Common;
using System.Net.Sockets;
using HaiSoft.Controller.Console;
using HaiSoft.Controller.People;
using HaiSoft.Controller.Recovery;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller;

/// <summary>Starts the controller, and says what to do when it cannot start.</summary>
internal static class ControllerProgram
{
    private const string Usage = """
        Usage: haisoft-controller [serve] [--Controller:OPTION=VALUE ...]
               haisoft-controller sign-in-link                        a new link for an administrator
               haisoft-controller backup --to FILE|FOLDER             the database and the keys in one file, also while the controller runs
               haisoft-controller restore --from FILE [--replace]     brings them back; the controller must not run
        Run them as the controller's user, with its options, which also come from appsettings.json and from the environment
        (HAISOFT_Controller__OPTION).
        """;

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0, or one of <see cref="StartExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        NativeMemory.ShareArenas();
        (CommandLine? told, string fault) = CommandLine.Parse(args);
        if (told is null)
            return Refuse($"{fault}\n{Usage}", StartExitCode.Usage);
        try
        {
            WebApplicationBuilder builder = Prepare(told.Settings, add);
            if (told.Verb != CommandLine.Serve)
            {
                await RunVerbAsync(builder, told);
                return 0;
            }

            await using WebApplication app = builder.Build();
            await PrepareAsync(app);
            map(app);
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } refusal)
        {
            return Refuse(refusal.Message, refusal.ExitCode);
        }
    }

    // Not a whole application: that would hold the data folder, which the running controller does.
    private static async Task RunVerbAsync(WebApplicationBuilder builder, CommandLine told)
    {
        await using ServiceProvider services = builder.Services.BuildServiceProvider();
        await (told.Verb switch
        {
            CommandLine.SignInLink => SignInLinkVerb.RunAsync(services, CancellationToken.None),
            CommandLine.Backup => BackupVerb.RunAsync(services, told.Own["--to"], CancellationToken.None),
            CommandLine.Restore => RestoreVerb.RunAsync(services, told.Own["--from"], told.Own.ContainsKey("--replace"), CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(told)),
        });
    }

    private static WebApplicationBuilder Prepare(string[] options, Action<WebApplicationBuilder> add)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ControllerProgram).Assembly.GetName().Name, // pages are looked for in it, also when a test starts it
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"], // options count from the start on; a watch would take one of few inotify instances
        });
        builder.Environment.WebRootFileProvider = new UnwatchedFiles(builder.Environment.WebRootFileProvider);
        builder.Configuration.AddEnvironmentVariables("HAISOFT_").AddCommandLine(options);
        add(builder);
        ValidateOptions(builder.Services);
        return builder;
    }

    // In this order: all options, then the folder, then the schema; only then anything that reads or listens. Building the
    // application already makes the ports, which need the folder: so the options are validated before it, on their own.
    private static void ValidateOptions(IServiceCollection services)
    {
        using ServiceProvider options = new DefaultServiceProviderFactory().CreateBuilder(services).BuildServiceProvider();
        options.GetService<IStartupValidator>()?.Validate();
    }

    private static async Task PrepareAsync(WebApplication app)
    {
        app.Services.GetRequiredService<DataFolder>();
        app.Services.GetRequiredService<WriteGate>().Claim();
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(app.Lifetime.ApplicationStopping);
    }

    // The store may go away between the schema and the last of those that read it at their start.
    private static async Task StartAsync(WebApplication app)
    {
        StoreEngine engine = app.Services.GetRequiredService<StoreConnections>().Engine;
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (engine.FaultIn(e) is { } fault)
        {
            throw fault is DbException database ? engine.Explain(database) : new StartRefusedException(fault.Message, StartExitCode.Store, e);
        }
    }

    private static StartRefusedException? Explain(Exception exception) => exception switch
    {
        StartRefusedException refused => refused,
        OptionsValidationException options => Options(options.Failures, exception),
        AggregateException many when many.InnerExceptions.All(e => e is OptionsValidationException) =>
            Options(many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures), exception),
        IOException { InnerException: { } inner } io when AddressFault(inner) is { } fault => new(
            $"{io.Message} {fault} Free the address, or set another one (Controller:AgentsEndpoint, Controller:TechniciansEndpoint, "
            + "Controller:ConsoleEndpoint).",
            StartExitCode.Address,
            exception),
        SocketException socket when AddressFault(socket) is { } fault => new(
            $"{socket.Message}. {fault} Free the address, or set another one (Controller:AgentsEndpoint, Controller:TechniciansEndpoint, "
            + "Controller:ConsoleEndpoint).",
            StartExitCode.Address,
            exception),
        _ => null,
    };

    private static StartRefusedException Options(IEnumerable<string> failures, Exception cause) =>
        new("The options do not hold:\n  " + string.Join("\n  ", failures), StartExitCode.Options, cause);

    private static string? AddressFault(Exception exception) =>
        ((exception as SocketException) ?? exception.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "Another program listens there.",
            SocketError.AddressNotAvailable => "This machine does not have that address.",
            SocketError.AccessDenied => "Ports below 1024 need a privilege (AmbientCapabilities=CAP_NET_BIND_SERVICE).",
            _ => null,
        };

    private static int Refuse(string message, StartExitCode exitCode)
    {
        System.Console.Error.WriteLine($"haisoft-controller: {message}");
        return (int)exitCode;
    }
}
