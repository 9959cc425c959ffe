namespace CliWrap;

/// <summary>Instructions for running a process.</summary>
public interface ICommandConfiguration
{
    /// <summary>The executable.</summary>
    string TargetFilePath { get; }

    /// <summary>The arguments as one line, each escaped.</summary>
    string Arguments { get; }

    /// <summary>The working directory.</summary>
    string WorkingDirPath { get; }

    /// <summary>Variables set besides those that are inherited; <c>null</c> takes one away.</summary>
    IReadOnlyDictionary<string, string?> EnvironmentVariables { get; }

    /// <summary>What makes a result an error.</summary>
    CommandResultValidation Validation { get; }

    /// <summary>What the process reads.</summary>
    PipeSource StandardInputPipe { get; }

    /// <summary>Where its output goes.</summary>
    PipeTarget StandardOutputPipe { get; }

    /// <summary>Where its error output goes.</summary>
    PipeTarget StandardErrorPipe { get; }
}
