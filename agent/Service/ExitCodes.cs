namespace HaiSoft.Agent;

/// <summary>What the program's exit status means. Documented in the help texts.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It was tried and failed; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a value on it is wrong.</summary>
    public const int Usage = 2;

    /// <summary><c>status</c>: this server is not enrolled.</summary>
    public const int NotEnrolled = 3;

    /// <summary><c>status</c>: enrolled, but not connected.</summary>
    public const int NotConnected = 4;
}
