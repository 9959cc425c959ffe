namespace HaiSoft.Controller.Storage;

/// <summary>The controller cannot start, for a reason outside the program; the message says what to do about it.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Refuses to start.</summary>
    /// <param name="message">What is wrong and what to do, in one or two sentences.</param>
    /// <param name="exitCode">How the process ends.</param>
    /// <param name="cause">What was caught; absent when the program found it out itself.</param>
    public StartRefusedException(string message, StartExitCode exitCode, Exception? cause)
        : base(message, cause) => ExitCode = exitCode;

    /// <summary>How the process ends.</summary>
    public StartExitCode ExitCode { get; }
}

/// <summary>How <c>haisoft-controller</c> ends when it cannot start (the numbers of sysexits.h, which systemd shows by name).</summary>
public enum StartExitCode
{
    /// <summary>A verb or an argument that is not understood.</summary>
    Usage = 64,

    /// <summary>The database is damaged, or was written by a newer version.</summary>
    Database = 65,

    /// <summary>An address that should be listened on is taken or not this machine's.</summary>
    Address = 69,

    /// <summary>The data folder cannot be made or written, or another controller uses it.</summary>
    DataFolder = 73,

    /// <summary>A call has no policy: a fault of the program.</summary>
    Policy = 70,

    /// <summary>The database server cannot be reached, or another controller writes to it.</summary>
    Store = 75,

    /// <summary>Options that do not hold.</summary>
    Options = 78,
}
