using System.CommandLine;
using Grpc.Core;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Profiles;
using Spectre.Console;

namespace HaiSoft.Ctl.Commands;

/// <summary>What a command works with: the controller, where to print, what was given.</summary>
internal sealed record CtlRun(ControllerLink Controller, Output Output, IAnsiConsole Console, ParseResult Given)
{
    /// <summary>Has a command do its work, signed in; failures become words and an exit code.</summary>
    public static void Does(Command command, Func<CtlRun, CancellationToken, Task> work) =>
        command.SetAction(async (given, cancellationToken) =>
        {
            using ControllerLink controller = new(Profiles.Profile.Read(given.GetValue(CtlOptions.Profile)), TimeProvider.System);
            TextWriter writer = given.InvocationConfiguration.Output;
            CtlRun run = new(controller, new Output(given.GetValue(CtlOptions.Json), writer), Terminal.On(writer), given);
            try
            {
                await work(run, cancellationToken);
                return (int)ExitCode.Done;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
            {
                return (int)ExitCode.Done;
            }
            catch (RpcException failure)
            {
                throw controller.Explain(failure);
            }
        });

    /// <summary>Options of a call that must be answered soon.</summary>
    public CallOptions Soon(CancellationToken cancellationToken) => Controller.Soon(cancellationToken);
}
