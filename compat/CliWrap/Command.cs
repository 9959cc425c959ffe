using CliWrap.Builders;

namespace CliWrap;

/// <summary>Instructions for running a process. Immutable: each method gives a new command.</summary>
public sealed partial class Command : ICommandConfiguration
{
    /// <summary>A command with defaults: no arguments, this process's folder and environment, no pipes, exit code zero expected.</summary>
    public Command(string targetFilePath) => TargetFilePath = targetFilePath;

    private Command(Command other)
    {
        TargetFilePath = other.TargetFilePath;
        Arguments = other.Arguments;
        WorkingDirPath = other.WorkingDirPath;
        EnvironmentVariables = other.EnvironmentVariables;
        Validation = other.Validation;
        StandardInputPipe = other.StandardInputPipe;
        StandardOutputPipe = other.StandardOutputPipe;
        StandardErrorPipe = other.StandardErrorPipe;
    }

    /// <inheritdoc />
    public string TargetFilePath { get; private init; }

    /// <inheritdoc />
    public string Arguments { get; private init; } = "";

    /// <inheritdoc />
    public string WorkingDirPath { get; private init; } = Directory.GetCurrentDirectory();

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string?> EnvironmentVariables { get; private init; } = new Dictionary<string, string?>();

    /// <inheritdoc />
    public CommandResultValidation Validation { get; private init; } = CommandResultValidation.ZeroExitCode;

    /// <inheritdoc />
    public PipeSource StandardInputPipe { get; private init; } = PipeSource.Null;

    /// <inheritdoc />
    public PipeTarget StandardOutputPipe { get; private init; } = PipeTarget.Null;

    /// <inheritdoc />
    public PipeTarget StandardErrorPipe { get; private init; } = PipeTarget.Null;

    /// <summary>The same with another executable.</summary>
    public Command WithTargetFile(string targetFilePath) => new(this) { TargetFilePath = targetFilePath };

    /// <summary>The same with these arguments, taken as they are: nothing is escaped.</summary>
    public Command WithArguments(string arguments) => new(this) { Arguments = arguments };

    /// <summary>The same with these arguments, each escaped.</summary>
    public Command WithArguments(IEnumerable<string> arguments) => WithArguments(arguments, escape: true);

    /// <summary>The same with these arguments.</summary>
    public Command WithArguments(IEnumerable<string> arguments, bool escape) => WithArguments(args => args.Add(arguments, escape));

    /// <summary>The same with the arguments that a builder makes.</summary>
    public Command WithArguments(Action<ArgumentsBuilder> configure)
    {
        var builder = new ArgumentsBuilder();
        configure(builder);
        return WithArguments(builder.Build());
    }

    /// <summary>The same in another folder.</summary>
    public Command WithWorkingDirectory(string workingDirPath) => new(this) { WorkingDirPath = workingDirPath };

    /// <summary>The same with these variables.</summary>
    public Command WithEnvironmentVariables(IReadOnlyDictionary<string, string?> environmentVariables) =>
        new(this) { EnvironmentVariables = environmentVariables };

    /// <summary>The same with the variables that a builder makes.</summary>
    public Command WithEnvironmentVariables(Action<EnvironmentVariablesBuilder> configure)
    {
        var builder = new EnvironmentVariablesBuilder();
        configure(builder);
        return WithEnvironmentVariables(builder.Build());
    }

    /// <summary>The same with another idea of what an error is.</summary>
    public Command WithValidation(CommandResultValidation validation) => new(this) { Validation = validation };

    /// <summary>The same, reading from there.</summary>
    public Command WithStandardInputPipe(PipeSource source) => new(this) { StandardInputPipe = source };

    /// <summary>The same, its output going there.</summary>
    public Command WithStandardOutputPipe(PipeTarget target) => new(this) { StandardOutputPipe = target };

    /// <summary>The same, its error output going there.</summary>
    public Command WithStandardErrorPipe(PipeTarget target) => new(this) { StandardErrorPipe = target };

    /// <summary>The command line.</summary>
    public override string ToString() => $"{TargetFilePath} {Arguments}";
}
