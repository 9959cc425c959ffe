namespace HaiSoft.Ctl;

/// <summary>What <c>haisoftctl</c> ends with. Documented in its help; never change one.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>A fault that nobody foresaw.</summary>
    Failed = 1,

    /// <summary>The command line, or what it gave, is not usable.</summary>
    Usage = 2,

    /// <summary>There is no such customer, server or incident.</summary>
    NotFound = 3,

    /// <summary>Refused: the name is taken, the state does not allow it, or what is signed is not what it must be.</summary>
    Refused = 4,

    /// <summary>The controller cannot be reached, or is not the one of the profile.</summary>
    Unreachable = 5,

    /// <summary>There is no profile, or its token is not accepted.</summary>
    NotSignedIn = 6,
}
