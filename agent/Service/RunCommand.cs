using System.CommandLine;
using HaiSoft.Agent.Configuration;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent;

/// <summary><c>haisoft-agent run</c>: the daemon.</summary>
internal static partial class RunCommand
{
    private static readonly TimeSpan LookForIdentity = TimeSpan.FromSeconds(2);

    public static Command Create(Option<string?> state)
    {
        Option<string> config = new("--config")
        {
            Description = "The local configuration, JSON. It may be absent.",
            HelpName = "FILE",
            DefaultValueFactory = _ => AgentOptions.DefaultPath,
        };
        Command command = new("run", "Watch this server and report to the controller, until stopped. Waits for 'enroll' if there is no identity yet.")
        {
            config, state,
        };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(config)!, StateFolder.Of(arguments.GetValue(state)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string configPath, StateFolder folder, CancellationToken cancellationToken)
    {
        List<string> errors = [];
        AgentOptions options = AgentOptions.Read(ConfigurationFile.Read(configPath, errors));
        using OneLineLogger provider = new(options.LogLevel, TimeProvider.System, journal: Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null);
        ILogger logger = provider.CreateLogger("haisoft-agent");
        foreach (string error in errors)
        {
            Log.ConfigurationError(logger, error);
        }

        try
        {
            TryPrepare(folder, logger);
            using ServiceNotifier notifier = ServiceNotifier.FromEnvironment();
            AgentIdentity? identity = await WaitForIdentityAsync(new IdentityStore(folder.Path), notifier, logger, cancellationToken);
            if (identity is null)
            {
                return ExitCodes.Ok;
            }

            using IHost host = AgentHost.Build(options, errors, folder, identity, notifier, provider);
            await host.StartAsync(cancellationToken);
            notifier.Ready();
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(notifier.Stopping);
            await host.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        catch (InvalidDataException error)
        {
            Log.CannotRun(logger, error.Message);
            return ExitCodes.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.CannotRun(logger, $"The state folder {folder.Path} cannot be used: {error.Message}");
            return ExitCodes.Failed;
        }
    }

    // A full or read-only disk is when a server needs watching most: what cannot be kept is sent without.
    private static void TryPrepare(StateFolder folder, ILogger logger)
    {
        try
        {
            folder.Prepare();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotWritable(logger, folder.Path, error.Message);
        }
    }

    private static async Task<AgentIdentity?> WaitForIdentityAsync(
        IdentityStore store, ServiceNotifier notifier, ILogger logger, CancellationToken cancellationToken)
    {
        if (!store.Exists)
        {
            Log.NotEnrolled(logger);
            notifier.Ready();
            notifier.Status("not enrolled: haisoft-agent enroll --controller HOST:PORT --token TOKEN");
        }

        while (!store.Exists)
        {
            notifier.KeepAlive();
            await Task.Delay(LookForIdentity, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }

        return store.Load();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Error}")]
        public static partial void ConfigurationError(ILogger logger, string error);

        [LoggerMessage(2, LogLevel.Warning, "This server is not enrolled; waiting for: haisoft-agent enroll --controller HOST:PORT --token TOKEN")]
        public static partial void NotEnrolled(ILogger logger);

        [LoggerMessage(4, LogLevel.Error, "The state folder {Path} cannot be written; the agent goes on without a spool, and loses what the controller has not got when it ends: {Error}")]
        public static partial void NotWritable(ILogger logger, string path, string error);

        [LoggerMessage(3, LogLevel.Critical, "{Reason}")]
        public static partial void CannotRun(ILogger logger, string reason);
    }
}
